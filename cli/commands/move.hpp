#pragma once
// What the verbs on tasks share.

#include <array>
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

/// One task by its own route, several, or those of --where, in one transaction. --if-match goes
/// with one task only. 8 when --where matches nothing.
int move_tasks(Session& session, const Invocation& invocation, const Move& move);

/// The same for `edit` and `delete`, which asks also for tasks by id.
int edit_tasks(Session& session, const Invocation& invocation, const wire::TaskEdit& edit);
int delete_tasks(Session& session, const Invocation& invocation);

}  // namespace taskman::cli
