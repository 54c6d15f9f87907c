#include "cli/commands/move.hpp"
#include "cli/session/shared_flags.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kExamples{
    Example{"taskman start 42", ""},
    Example{"taskman task start 3-5", "several, all or none"},
};

int run(Session& session, const Invocation& invocation) {
  return move_tasks(session, invocation, {.verb = "start", .past = "started"});
}

}  // namespace

extern const Command kTaskStart;
constinit const Command kTaskStart{.noun = "task",
                                   .verb = "start",
                                   .shorthand = "start",
                                   .summary = "start work on tasks",
                                   .args = kIdArgs,
                                   .flags = kChangeFlags,
                                   .examples = kExamples,
                                   .output = Output::kThing,
                                   .answers = task_kind,
                                   .run = run};

}  // namespace taskman::cli
