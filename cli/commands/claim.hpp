#pragma once
// How `task claim` and `run --claim` take a task.

#include <array>
#include <string>

#include "cli/command.hpp"
#include "cli/session/session.hpp"

namespace taskman::cli {

inline constexpr std::array kOrderFlag{
    Flag{.name = "order",
         .value = "KEYS",
         .help = "which comes first, where no id says it; default priority,due",
         .complete = Complete::kSortKey},
};

/// Throws kUsage when `flag` is given; `hint` says what it goes with.
void refuse_flag(const Invocation& invocation, const std::string& flag, const std::string& hint);

/// The call for the first task that waits and matches the words of the filter, by --order, for
/// --lease. Throws kInvalidValue.
client::Call next_claim(Session& session, const Invocation& invocation, const Values& filter);

}  // namespace taskman::cli
