#include "cli/commands/print.hpp"
#include "cli/commands/sprint_fields.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/wire/commands.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{kSprintArg};
constexpr auto kFlags = join(std::array{Flag{.name = "name", .value = "TEXT", .help = "its name"},
                                        Flag{.name = "move-to",
                                             .value = "KEY",
                                             .help = "the project it belongs to; none for none",
                                             .complete = Complete::kProject}},
                             kSprintFieldFlags, kWhoseFlag, kEditFlags, kMergeFlag);
constexpr std::array kExamples{
    Example{"taskman sprint edit current --end +2d", ""},
    Example{"taskman sprint edit \"Sprint 12\" --goal \"Log in everywhere\" --capacity 30", ""},
};

int run(Session& session, const Invocation& invocation) {
  const auto patch = sprint_edit(session, invocation);
  const auto answer =
      session.api().write(sprint_call(session, invocation, "PATCH", "", wire::encode(patch)));
  return print_written(session, invocation, answer, sprint_kind(), "edited sprint");
}

}  // namespace

extern const Command kSprintEdit;
constinit const Command kSprintEdit{.noun = "sprint",
                                    .verb = "edit",
                                    .summary = "change a sprint",
                                    .args = kArgs,
                                    .flags = kFlags,
                                    .examples = kExamples,
                                    .output = Output::kThing,
                                    .answers = sprint_kind,
                                    .run = run};

}  // namespace taskman::cli
