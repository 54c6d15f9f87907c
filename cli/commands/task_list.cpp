#include "cli/commands/print.hpp"
#include "cli/commands/task_query.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{
    Arg{.name = "FILTER",
        .arity = Arity::kAny,
        .complete = Complete::kFilter,
        .help = "status:todo label:api due<fri \"text\"; see taskman(1)"},
};
constexpr std::array kFlags{
    Flag{.name = "all",
         .value = "",
         .help = "tasks of every status; without it only open ones, unless the filter names a "
                 "status or an id",
         .letter = 'a'},
};
constexpr std::array kExamples{
    Example{"taskman task list", "open tasks, the most urgent first"},
    Example{"taskman task list sprint:current assignee:@me", "mine in this sprint"},
    Example{"taskman task list '~label:later' 'due<+7d' --sort due",
            "side by side is and; ~ is not"},
    Example{"taskman task list status:done --json", "every done task as one JSON document"},
    Example{"taskman task list --format '{id}\\t{title}'", "one line each, as you like it"},
};

int run(Session& session, const Invocation& invocation) {
  return list_tasks(session, invocation,
                    {.words = invocation.all("FILTER"), .everything = invocation.has("all")});
}

}  // namespace

extern const Command kTaskList;
constinit const Command kTaskList{
    .noun = "task",
    .verb = "list",
    .shorthand = "ls",
    .summary = "list tasks",
    .description =
        "Shows open tasks unless the filter names a status or an id, and says so. In a pipe, and "
        "with --json, everything is printed; a terminal gets the first 50.",
    .args = kArgs,
    .flags = kFlags,
    .examples = kExamples,
    .output = Output::kList,
    .answers = task_kind,
    .run = run};

}  // namespace taskman::cli
