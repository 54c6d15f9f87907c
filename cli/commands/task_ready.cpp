#include "cli/commands/kinds.hpp"
#include "cli/commands/task_query.hpp"
#include "common/util/text.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{
    Arg{.name = "FILTER",
        .arity = Arity::kAny,
        .complete = Complete::kFilter,
        .help = "narrows it: assignee:@me sprint:current"},
};
constexpr std::array kExamples{
    Example{"taskman task ready", "what can be begun now, the most urgent first"},
    Example{"taskman task ready is:unassigned --limit 1 -q", "the id of the next one nobody has"},
};

int run(Session& session, const Invocation& invocation) {
  Values words{"is:ready"};
  const std::string narrower = util::join(invocation.all("FILTER"), " ");
  if (!narrower.empty()) words.push_back("(" + narrower + ")");
  return list_tasks(session, invocation, {.words = words, .everything = true});
}

}  // namespace

extern const Command kTaskReady;
constinit const Command kTaskReady{.noun = "task",
                                   .verb = "ready",
                                   .summary = "list open tasks that wait for nothing",
                                   .args = kArgs,
                                   .examples = kExamples,
                                   .output = Output::kList,
                                   .answers = task_kind,
                                   .run = run};

}  // namespace taskman::cli
