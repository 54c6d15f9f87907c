#include "cli/commands/print.hpp"
#include "cli/commands/sprint_fields.hpp"
#include "cli/commands/values.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/wire/commands.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{
    Arg{.name = "NAME",
        .help = "1 to 100 characters; not a number, not current, next, prev or none"},
};
constexpr auto kFlags = join(std::array{Flag{.name = "project",
                                             .value = "KEY",
                                             .help = "its project; none for no project",
                                             .complete = Complete::kProject}},
                             kSprintFieldFlags, kWriteFlags);
constexpr std::array kExamples{
    Example{
        "taskman sprint add \"Sprint 12\" --start mon --end +14d --goal \"Nobody is locked out\"",
        ""},
    Example{"taskman sprint add \"Sprint 13\" --project web --capacity 40", ""},
};

int run(Session& session, const Invocation& invocation) {
  const auto fields = new_sprint(session, invocation, invocation.first("NAME").value());
  const auto answer = session.api().write(
      write_call(invocation, "POST", std::string(wire::kSprints), wire::encode_new_sprint(fields)));
  return print_written(session, invocation, answer, sprint_kind(), "added sprint");
}

}  // namespace

extern const Command kSprintAdd;
constinit const Command kSprintAdd{.noun = "sprint",
                                   .verb = "add",
                                   .summary = "add a sprint, planned",
                                   .args = kArgs,
                                   .flags = kFlags,
                                   .examples = kExamples,
                                   .output = Output::kThing,
                                   .answers = sprint_kind,
                                   .run = run};

}  // namespace taskman::cli
