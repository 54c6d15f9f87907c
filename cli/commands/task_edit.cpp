#include "cli/commands/move.hpp"
#include "cli/commands/task_fields.hpp"
#include "cli/session/shared_flags.hpp"

namespace taskman::cli {
namespace {

constexpr auto kFlags =
    join(std::array{Flag{.name = "title", .value = "TEXT", .help = "the title"}}, kTaskFieldFlags,
         kChangeFlags);
constexpr std::array kExamples{
    Example{"taskman task edit 42 --priority p0 --label +urgent --label -later",
            "one field set, a label added, one removed"},
    Example{"taskman task edit 42 --label api --label ui", "these labels instead of those it had"},
    Example{"taskman task edit 3-7 --sprint next", "several tasks in one transaction"},
    Example{"taskman task edit 42 --assignee none --due none", "none clears"},
    Example{"taskman task edit 42 --points 5 --if-match 7 --merge",
            "others may have changed other fields since version 7"},
};

int run(Session& session, const Invocation& invocation) {
  return edit_tasks(session, invocation, task_edit(session, invocation));
}

}  // namespace

extern const Command kTaskEdit;
constinit const Command kTaskEdit{.noun = "task",
                                  .verb = "edit",
                                  .summary = "change fields of tasks",
                                  .args = kIdArgs,
                                  .flags = kFlags,
                                  .examples = kExamples,
                                  .output = Output::kThing,
                                  .answers = task_kind,
                                  .run = run};

}  // namespace taskman::cli
