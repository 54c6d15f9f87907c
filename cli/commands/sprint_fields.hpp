#pragma once
// The fields of `sprint add` and `sprint edit`, and how a sprint is named.

#include <array>

#include "cli/command.hpp"
#include "cli/session/session.hpp"
#include "common/model/sprint.hpp"

namespace taskman::cli {

inline constexpr std::array kSprintFieldFlags{
    Flag{.name = "goal", .value = "TEXT", .help = "what it is for"},
    Flag{.name = "start",
         .value = "DATE",
         .help = "its first day: today, mon, 2026-12-01; none for no date",
         .complete = Complete::kDate},
    Flag{.name = "end",
         .value = "DATE",
         .help = "its last day: +14d, fri, 2026-12-14; none for no date",
         .complete = Complete::kDate},
    Flag{.name = "capacity", .value = "N", .help = "points that fit in; none for unknown"},
    Flag{.name = "tz",
         .value = "ZONE",
         .help = "the time zone of its days, Europe/Paris; default: yours"},
};

/// Of the commands that take a sprint by name.
inline constexpr std::array kWhoseFlag{
    Flag{.name = "project",
         .value = "KEY",
         .help = "whose sprint is meant, when several fit",
         .complete = Complete::kProject},
};

inline constexpr Arg kSprintArg{
    .name = "S", .complete = Complete::kSprint, .help = "a name, an id, current, next or prev"};
inline constexpr Arg kMaybeSprintArg{.name = "S",
                                     .arity = Arity::kOptional,
                                     .complete = Complete::kSprint,
                                     .help = "a name, an id, current (the default), next or prev"};

model::SprintFields new_sprint(Session& session, const Invocation& invocation, std::string name);
/// Throws kUsage when no field is given. --name and --move-to are of `edit` alone.
model::SprintPatch sprint_edit(Session& session, const Invocation& invocation);

/// The call on a sprint: path of its word, project= when it is said or set.
client::Call sprint_call(Session& session, const Invocation& invocation, std::string_view method,
                         std::string_view tail, std::string body = {});

}  // namespace taskman::cli
