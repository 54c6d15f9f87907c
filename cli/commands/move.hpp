#pragma once
// What the verbs on tasks share.

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "cli/command.hpp"
#include "cli/commands/kinds.hpp"
#include "cli/session/session.hpp"
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

/// One task by its own route, several in one transaction. --if-match goes with one task only.
int move_tasks(Session& session, const Invocation& invocation, const Move& move);

/// The same for `edit` and `delete`.
int edit_tasks(Session& session, const Invocation& invocation, const wire::TaskEdit& edit);
int delete_tasks(Session& session, const Invocation& invocation,
                 const std::vector<model::TaskId>& ids);

}  // namespace taskman::cli
