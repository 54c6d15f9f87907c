#include "cli/commands/ids.hpp"
#include "cli/commands/move.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/error/error.hpp"

namespace taskman::cli {
namespace {

constexpr std::array<std::string_view, 2> kActions{"add", "remove"};
constexpr std::array kArgs{
    Arg{.name = "ACTION",
        .complete = Complete::kChoice,
        .help = "add or remove",
        .choices = kActions},
    Arg{.name = "ID",
        .arity = Arity::kSome,
        .complete = Complete::kTask,
        .help = "what waits: 42, #42, 3-7, or - for stdin"},
};
constexpr auto kFlags = join(std::array{Flag{.name = "on",
                                             .value = "ID",
                                             .help = "what it waits for",
                                             .complete = Complete::kTask,
                                             .repeat = Repeat::kOften}},
                             kEditFlags);
constexpr std::array kExamples{
    Example{"taskman task dep add 42 --on 7", "42 waits until 7 is closed"},
    Example{"taskman task dep remove 42 --on 7", "it waits no more"},
};

int run(Session& session, const Invocation& invocation) {
  if (!invocation.has("on"))
    throw error::Error(error::Code::kUsage, "--on is missing",
                       "name the task that is waited for: --on 7");
  std::vector<model::TaskId> blockers;
  for (const auto& word : invocation.values("on")) blockers.push_back(parse_id(word, "--on"));
  wire::TaskEdit edit;
  const bool adds = invocation.first("ACTION") == "add";
  (adds ? edit.patch.add_blocked_by : edit.patch.remove_blocked_by) = blockers;
  return edit_tasks(session, invocation, edit);
}

}  // namespace

extern const Command kTaskDep;
constinit const Command kTaskDep{
    .noun = "task",
    .verb = "dep",
    .summary = "say what a task waits for",
    .description = "A task that waits for an open one is not ready. A circle is refused.",
    .args = kArgs,
    .flags = kFlags,
    .examples = kExamples,
    .output = Output::kThing,
    .answers = task_kind,
    .run = run};

}  // namespace taskman::cli
