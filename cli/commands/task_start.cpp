#include "cli/commands/move.hpp"
#include "cli/commands/start_branch.hpp"
#include "cli/session/shared_flags.hpp"

namespace taskman::cli {
namespace {

constexpr auto kFlags =
    join(std::array{Flag{.name = "branch",
                         .value = "[NAME]",
                         .help = "check out the task's branch of git, a new one unless it has "
                                 "one; NAME in the place of 42-its-title"}},
         kChangeFlags);
constexpr std::array kExamples{
    Example{"taskman start 42", ""},
    Example{"taskman task start 3-5", "several, all or none"},
    Example{"taskman task start 42 --branch", "and check out 42-fix-login"},
};

int run(Session& session, const Invocation& invocation) {
  if (invocation.has("branch")) return start_on_branch(session, invocation);
  return move_tasks(session, invocation, {.verb = "start", .past = "started"});
}

}  // namespace

extern const Command kTaskStart;
constinit const Command kTaskStart{
    .noun = "task",
    .verb = "start",
    .shorthand = "start",
    .summary = "start work on tasks",
    .description =
        "With --branch both happen or neither: where git refuses, as "
        "for changes that a switch would overwrite, the task is not "
        "started. A branch is the task's when it was made here, or "
        "when its name begins with the id: 42-anything.",
    .args = kIdArgs,
    .flags = kFlags,
    .examples = kExamples,
    .output = Output::kThing,
    .answers = task_kind,
    .run = run};

}  // namespace taskman::cli
