#include "cli/commands/print.hpp"
#include "cli/commands/sprint_fields.hpp"
#include "cli/session/shared_flags.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{kSprintArg};
constexpr auto kFlags = join(kWhoseFlag, kEditFlags);
constexpr std::array kExamples{
    Example{"taskman sprint start \"Sprint 12\"", ""},
};

int run(Session& session, const Invocation& invocation) {
  const auto answer = session.api().write(sprint_call(session, invocation, "POST", "start", "{}"));
  return print_written(session, invocation, answer, sprint_kind(), "started sprint");
}

}  // namespace

extern const Command kSprintStart;
constinit const Command kSprintStart{
    .noun = "sprint",
    .verb = "start",
    .summary = "start a sprint",
    .description =
        "Its scope is committed: what is in it now is what the report compares with. One sprint of "
        "a project is active at a time.",
    .args = kArgs,
    .flags = kFlags,
    .examples = kExamples,
    .output = Output::kThing,
    .answers = sprint_kind,
    .run = run};

}  // namespace taskman::cli
