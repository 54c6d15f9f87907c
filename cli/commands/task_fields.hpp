#pragma once
// The fields of `task add` and `task edit`.

#include <array>

#include "cli/command.hpp"
#include "cli/session/session.hpp"
#include "common/wire/commands.hpp"

namespace taskman::cli {

inline constexpr std::array kTaskFieldFlags{
    Flag{.name = "body", .value = "TEXT", .help = "the description; - reads it from stdin"},
    Flag{.name = "project",
         .value = "KEY",
         .help = "its project; none for no project",
         .complete = Complete::kProject},
    Flag{.name = "sprint",
         .value = "S",
         .help = "its sprint: a name, an id, current, next, prev; none for no sprint",
         .complete = Complete::kSprint},
    Flag{.name = "parent",
         .value = "ID",
         .help = "the task it is a part of; none for no parent",
         .complete = Complete::kTask},
    Flag{.name = "assignee",
         .value = "NAME",
         .help = "who does it; @me is you, none is nobody",
         .complete = Complete::kAssignee},
    Flag{.name = "label",
         .value = "L",
         .help = "a label; on edit +L adds, -L removes, L alone replaces all, none removes all",
         .complete = Complete::kLabel,
         .repeat = Repeat::kOften},
    Flag{.name = "points", .value = "N", .help = "the estimate, 0 to 1000; none for no estimate"},
    Flag{.name = "due",
         .value = "DATE",
         .help = "today, tomorrow, fri, +3d, 2026-12-01 (its end), 2026-12-01T10:00:00Z; none for "
                 "no date",
         .complete = Complete::kDate},
    Flag{.name = "priority",
         .value = "P",
         .help = "p0 (highest) to p3; also urgent, high, normal, low",
         .complete = Complete::kPriority,
         .letter = 'p'},
    Flag{.name = "status",
         .value = "STATUS",
         .help = "todo, in_progress, blocked, review, done or dropped",
         .complete = Complete::kStatus},
    Flag{.name = "blocked-by",
         .value = "ID",
         .help = "waits for this task; on edit +ID adds, -ID removes, ID alone replaces all, none "
                 "removes all",
         .complete = Complete::kTask,
         .repeat = Repeat::kOften},
    Flag{.name = "external-id",
         .value = "X",
         .help = "what it is called elsewhere, unique: github:owner/repo#12; none for none"},
};

wire::NewTask new_task(Session& session, const Invocation& invocation, std::string title);
/// Throws kUsage when no field is given.
wire::TaskEdit task_edit(Session& session, const Invocation& invocation);

}  // namespace taskman::cli
