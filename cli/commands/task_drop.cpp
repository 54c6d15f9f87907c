#include "cli/commands/move.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kExamples{
    Example{"taskman task drop 42", ""},
    Example{"taskman task drop 3-7", "several, all or none"},
};

int run(Session& session, const Invocation& invocation) {
  return move_tasks(session, invocation, {.verb = "drop", .past = "dropped"});
}

}  // namespace

extern const Command kTaskDrop;
constinit const Command kTaskDrop{.noun = "task",
                                  .verb = "drop",
                                  .summary = "give tasks up: they will not be done",
                                  .args = kIdArgs,
                                  .flags = kFencedFlags,
                                  .examples = kExamples,
                                  .output = Output::kThing,
                                  .answers = task_kind,
                                  .run = run};

}  // namespace taskman::cli
