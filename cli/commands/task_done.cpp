#include "cli/commands/move.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kExamples{
    Example{"taskman task done 42", ""},
    Example{"taskman task done 3-7 12", "several, all or none"},
    Example{"taskman task list label:spike -q | taskman task done -", "the ids of another command"},
};

int run(Session& session, const Invocation& invocation) {
  return move_tasks(session, invocation, {.verb = "done", .past = "done"});
}

}  // namespace

extern const Command kTaskDone;
constinit const Command kTaskDone{
    .noun = "task",
    .verb = "done",
    .shorthand = "done",
    .summary = "finish tasks",
    .description =
        "A task that is done already stays so: that is success, with "
        "a notice, for --if-claimed and --token when it was done under "
        "that claim. Several tasks are one transaction: all or none.",
    .args = kIdArgs,
    .flags = kFencedFlags,
    .examples = kExamples,
    .output = Output::kThing,
    .answers = task_kind,
    .run = run};

}  // namespace taskman::cli
