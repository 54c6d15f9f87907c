#include <algorithm>

#include "cli/commands/detail.hpp"
#include "cli/commands/print.hpp"
#include "cli/commands/sprint_fields.hpp"
#include "common/wire/fields.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{kMaybeSprintArg};
constexpr std::array kExamples{
    Example{"taskman sprint show", "the current sprint: goal, days left, how far it is"},
    Example{"taskman sprint show prev --json", "with the report of its close"},
};

/// The sprint's own fields, and beside them how far it is: what a field can be named of.
std::string flat(const std::string& view) {
  wire::Members members = wire::members_of(view);
  const auto sprint = std::ranges::find(members, "sprint", &wire::Members::value_type::first);
  wire::Members all = wire::members_of(sprint->second);
  members.erase(sprint);
  all.insert(all.end(), members.begin(), members.end());
  return wire::object_of(all);
}

int run(Session& session, const Invocation& invocation) {
  const auto call = sprint_call(session, invocation, "GET", "progress");
  auto answer = session.api().get(call.path, call.query);
  const bool whole = session.mode() == Mode::kJson || session.mode() == Mode::kHuman;
  if (!whole || invocation.has("fields")) answer.data = flat(answer.data);
  return print_thing(session, invocation, answer, progress_kind(), sprint_detail);
}

}  // namespace

extern const Command kSprintShow;
constinit const Command kSprintShow{.noun = "sprint",
                                    .verb = "show",
                                    .summary = "show a sprint and its progress",
                                    .args = kArgs,
                                    .flags = kWhoseFlag,
                                    .examples = kExamples,
                                    .output = Output::kThing,
                                    .answers = progress_kind,
                                    .run = run};

}  // namespace taskman::cli
