#pragma once
// How `task claim` and `run --claim` take a task.

#include <optional>
#include <string>

#include "cli/session/session.hpp"
#include "common/model/task.hpp"

namespace taskman::cli {

/// `42` or `#42`, and nothing else.
std::optional<model::TaskId> as_id(const std::string& word);

/// Throws kUsage when `flag` is given; `hint` says what it goes with.
void refuse_flag(const Invocation& invocation, const std::string& flag, const std::string& hint);

/// The call for the first task that waits and matches the words of the filter, by --order, for
/// --lease. Throws kInvalidValue.
client::Call next_claim(Session& session, const Invocation& invocation, const Values& filter);

}  // namespace taskman::cli
