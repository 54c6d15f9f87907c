#pragma once
// What the verbs on tasks share.

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "cli/command.hpp"
#include "cli/commands/kinds.hpp"
#include "cli/session/session.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/wire/commands.hpp"

namespace taskman::cli {

inline constexpr std::array kIdArgs{
    Arg{.name = "ID",
        .arity = Arity::kSome,
        .complete = Complete::kTask,
        .help = "42, #42, 3-7, or - to read ids from stdin, one a line"},
};

struct Move {
  std::string_view verb;  ///< of the API: done, edit, comment, delete
  std::string_view past;  ///< what was done, for people
  std::optional<std::string> reason{};
};

/// --if-claimed, of commands that have it.
inline constexpr std::array kIfClaimedFlag{
    Flag{.name = "if-claimed",
         .value = "",
         .help = "only while you hold the task's lease; else exit 4"},
};
inline constexpr auto kFencedFlags = join(kEditFlags, kIfClaimedFlag);
/// Of commands that give a lease.
inline constexpr std::array kLeaseFlag{
    Flag{.name = "lease",
         .value = "DURATION",
         .help = "how long the task is held unless renewed: 90s, 30m, 2h; default 30m"},
};

bool has_if_claimed(const Invocation& invocation);
/// --lease. Throws kInvalidValue.
std::optional<std::chrono::milliseconds> lease_of(const Invocation& invocation);

/// One task by its own route, several in one transaction. --if-match goes with one task only.
int move_tasks(Session& session, const Invocation& invocation, const Move& move);

/// The same for `edit`, `delete`, `claim`, `renew` and `release`.
int edit_tasks(Session& session, const Invocation& invocation, const wire::TaskEdit& edit);
int delete_tasks(Session& session, const Invocation& invocation,
                 const std::vector<model::TaskId>& ids);
int claim_tasks(Session& session, const Invocation& invocation);
int renew_tasks(Session& session, const Invocation& invocation);
int release_tasks(Session& session, const Invocation& invocation);

}  // namespace taskman::cli
