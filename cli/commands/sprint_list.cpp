#include "cli/commands/print.hpp"
#include "cli/commands/sprint_fields.hpp"
#include "cli/commands/values.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

constexpr std::array<std::string_view, 4> kStates{"planned", "active", "closed", "cancelled"};
constexpr std::array kFlags{
    Flag{.name = "project",
         .value = "KEY",
         .help = "only this project's",
         .complete = Complete::kProject},
    Flag{.name = "state",
         .value = "STATE",
         .help = "only",
         .complete = Complete::kChoice,
         .choices = kStates},
};
constexpr std::array kExamples{
    Example{"taskman sprint list", "by their start"},
    Example{"taskman sprint list --state active -q", "the ids of those that run"},
};

int run(Session& session, const Invocation& invocation) {
  client::Query query;
  if (const auto project = invocation.value("project")) query.emplace_back("project", *project);
  if (const auto state = invocation.value("state")) query.emplace_back("state", *state);
  auto answer = session.api().get(std::string(wire::kSprints), query);
  return print_list(session, invocation, arranged(invocation, std::move(answer), sprint_kind()),
                    sprint_kind());
}

}  // namespace

extern const Command kSprintList;
constinit const Command kSprintList{.noun = "sprint",
                                    .verb = "list",
                                    .summary = "list sprints",
                                    .flags = kFlags,
                                    .examples = kExamples,
                                    .output = Output::kList,
                                    .answers = sprint_kind,
                                    .run = run};

}  // namespace taskman::cli
