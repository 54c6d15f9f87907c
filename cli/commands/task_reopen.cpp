#include "cli/commands/move.hpp"
#include "cli/session/shared_flags.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kExamples{
    Example{"taskman task reopen 42", ""},
    Example{"taskman task reopen 42 43", "several, all or none"},
};

int run(Session& session, const Invocation& invocation) {
  return move_tasks(session, invocation, {.verb = "reopen", .past = "reopened"});
}

}  // namespace

extern const Command kTaskReopen;
constinit const Command kTaskReopen{.noun = "task",
                                    .verb = "reopen",
                                    .summary = "open finished or dropped tasks again",
                                    .args = kIdArgs,
                                    .flags = kChangeFlags,
                                    .examples = kExamples,
                                    .output = Output::kThing,
                                    .answers = task_kind,
                                    .run = run};

}  // namespace taskman::cli
