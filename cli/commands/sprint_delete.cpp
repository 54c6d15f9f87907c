#include "cli/commands/confirm.hpp"
#include "cli/commands/print.hpp"
#include "cli/commands/sprint_fields.hpp"
#include "cli/session/shared_flags.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{kSprintArg};
constexpr auto kFlags = join(std::array{kDetachFlag, kYesFlag}, kWhoseFlag, kEditFlags);
constexpr std::array kExamples{
    Example{"taskman sprint delete \"Sprint 12\"", "one without tasks"},
    Example{"taskman sprint delete \"Sprint 12\" --detach --yes", "its tasks stay, in no sprint"},
};

int run(Session& session, const Invocation& invocation) {
  confirm(session, invocation, "delete sprint " + invocation.first("S").value());
  auto call = sprint_call(session, invocation, "DELETE", "");
  if (invocation.has("detach")) call.query.emplace_back("detach", "1");
  return print_written(session, invocation, session.api().write(std::move(call)), sprint_kind(),
                       "deleted sprint");
}

}  // namespace

extern const Command kSprintDelete;
constinit const Command kSprintDelete{.noun = "sprint",
                                      .verb = "delete",
                                      .summary = "remove a sprint",
                                      .args = kArgs,
                                      .flags = kFlags,
                                      .examples = kExamples,
                                      .output = Output::kThing,
                                      .answers = sprint_kind,
                                      .run = run};

}  // namespace taskman::cli
