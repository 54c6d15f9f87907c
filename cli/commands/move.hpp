#pragma once
// What the verbs on tasks share.

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "cli/command.hpp"
#include "cli/commands/confirm.hpp"
#include "cli/commands/kinds.hpp"
#include "cli/session/session.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/wire/commands.hpp"

namespace taskman::cli {

inline constexpr std::array kIdArgs{
    Arg{.name = "ID",
        .arity = Arity::kAny,
        .complete = Complete::kTask,
        .help = "42, #42, 3-7, or - to read ids from stdin, one a line"},
};

/// Of the verbs that take kIdArgs: --where in the place of ids, and the question before it.
inline constexpr auto kManyFlags =
    join(std::array{Flag{.name = "where",
                         .value = "FILTER",
                         .help = "in the place of ids: all tasks that match; asks on a terminal, "
                                 "needs --yes elsewhere; exit 8 when none does",
                         .complete = Complete::kFilter},
                    kYesFlag},
         kEditFlags);

/// Of the verbs that change fields.
inline constexpr auto kChangeFlags = join(kMergeFlag, kManyFlags);

struct Move {
  std::string_view verb;  ///< of the API: done, edit, comment, delete
  std::string_view past;  ///< what was done, for people
  std::optional<std::string> reason{};
};

/// Of commands that ask for a claim.
inline constexpr std::array kTokenFlag{
    Flag{.name = "token",
         .value = "N",
         .help = "only while you hold the lease with this token, which the claim answered; else "
                 "exit 4"},
};
/// Of commands that may ask for one.
inline constexpr auto kFenceFlags =
    join(std::array{Flag{.name = "if-claimed",
                         .value = "",
                         .help = "only while you hold the task's lease; else exit 4"}},
         kTokenFlag);
inline constexpr auto kFencedFlags = join(kChangeFlags, kFenceFlags);
/// Of commands that give a lease.
inline constexpr std::array kLeaseFlag{
    Flag{.name = "lease",
         .value = "DURATION",
         .help = "how long the task is held unless renewed: 90s, 30m, 2h; default 30m"},
};

/// --lease. Throws kInvalidValue.
std::optional<std::chrono::milliseconds> lease_of(const Invocation& invocation);

/// One task by its own route, several, or those of --where, in one transaction. --if-match goes
/// with one task only. 8 when --where matches nothing.
int move_tasks(Session& session, const Invocation& invocation, const Move& move);

/// The same for `edit`, `claim`, `renew`, `release`, and `delete`, which asks also for tasks by id.
int edit_tasks(Session& session, const Invocation& invocation, const wire::TaskEdit& edit);
int delete_tasks(Session& session, const Invocation& invocation);
int claim_tasks(Session& session, const Invocation& invocation);
int renew_tasks(Session& session, const Invocation& invocation);
int release_tasks(Session& session, const Invocation& invocation);

}  // namespace taskman::cli
