#include "cli/commands/print.hpp"
#include "cli/commands/sprint_fields.hpp"
#include "cli/session/shared_flags.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{kSprintArg};
constexpr auto kFlags = join(kWhoseFlag, kEditFlags);
constexpr std::array kExamples{
    Example{"taskman sprint cancel \"Sprint 12\"", ""},
};

int run(Session& session, const Invocation& invocation) {
  const auto answer = session.api().write(sprint_call(session, invocation, "POST", "cancel", "{}"));
  return print_written(session, invocation, answer, sprint_kind(), "cancelled sprint");
}

}  // namespace

extern const Command kSprintCancel;
constinit const Command kSprintCancel{.noun = "sprint",
                                      .verb = "cancel",
                                      .summary = "give a sprint up",
                                      .args = kArgs,
                                      .flags = kFlags,
                                      .examples = kExamples,
                                      .output = Output::kThing,
                                      .answers = sprint_kind,
                                      .run = run};

}  // namespace taskman::cli
