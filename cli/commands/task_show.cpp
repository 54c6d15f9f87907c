#include "cli/commands/detail.hpp"
#include "cli/commands/ids.hpp"
#include "cli/commands/print.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{
    Arg{.name = "ID", .complete = Complete::kTask, .help = "42 or #42"},
};
constexpr std::array kFlags{
    Flag{.name = "comments", .value = "", .help = "its comments instead of the task"},
};
constexpr std::array kExamples{
    Example{"taskman task show 42", "everything about a task, with its comments"},
    Example{"taskman task show 42 --json", "the task as the API gives it"},
    Example{"taskman task show 42 --comments --json", "its comments"},
    Example{"taskman task show 42 --format '{title}'", "one field"},
};

int run(Session& session, const Invocation& invocation) {
  const auto id = parse_id(invocation.first("ID").value());
  if (invocation.has("comments")) {
    const auto comments = session.api().get(wire::task_path(id, "comments"));
    return print_list(session, invocation, arranged(invocation, comments, comment_kind()),
                      comment_kind());
  }
  return print_thing(session, invocation, session.api().get(wire::task_path(id)), task_kind(),
                     task_detail);
}

}  // namespace

extern const Command kTaskShow;
constinit const Command kTaskShow{.noun = "task",
                                  .verb = "show",
                                  .summary = "show a task",
                                  .args = kArgs,
                                  .flags = kFlags,
                                  .examples = kExamples,
                                  .output = Output::kList,
                                  .answers = task_kind,
                                  .or_answers = comment_kind,
                                  .run = run};

}  // namespace taskman::cli
