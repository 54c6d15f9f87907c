#include "cli/commands/confirm.hpp"
#include "cli/commands/ids.hpp"
#include "cli/commands/move.hpp"
#include "cli/session/shared_flags.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kExamples{
    Example{"taskman task delete 42", "asks first, on a terminal"},
    Example{"taskman task delete 3-7 --yes", "several, without a question"},
};

int run(Session& session, const Invocation& invocation) {
  return delete_tasks(session, invocation);
}

}  // namespace

extern const Command kTaskDelete;
constinit const Command kTaskDelete{.noun = "task",
                                    .verb = "delete",
                                    .summary = "remove tasks; their ids are never used again",
                                    .description =
                                        "What was planned but will not be done is better dropped: "
                                        "it stays in the history of its sprint.",
                                    .args = kIdArgs,
                                    .flags = kManyFlags,
                                    .examples = kExamples,
                                    .output = Output::kThing,
                                    .answers = task_kind,
                                    .run = run};

}  // namespace taskman::cli
