#include "cli/commands/move.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kExamples{
    Example{"taskman task review 42", ""},
    Example{"taskman task review 3-7", "several, all or none"},
};

int run(Session& session, const Invocation& invocation) {
  return move_tasks(session, invocation, {.verb = "review", .past = "in review"});
}

}  // namespace

extern const Command kTaskReview;
constinit const Command kTaskReview{.noun = "task",
                                    .verb = "review",
                                    .summary = "put tasks into review",
                                    .args = kIdArgs,
                                    .flags = kFencedFlags,
                                    .examples = kExamples,
                                    .output = Output::kThing,
                                    .answers = task_kind,
                                    .run = run};

}  // namespace taskman::cli
