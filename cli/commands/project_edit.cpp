#include "cli/commands/print.hpp"
#include "cli/commands/values.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/error/error.hpp"
#include "common/wire/commands.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{
    Arg{.name = "KEY", .complete = Complete::kProject, .help = "the project's key"},
};
constexpr auto kFlags =
    join(std::array{Flag{.name = "name", .value = "TEXT", .help = "what people call it"},
                    Flag{.name = "description", .value = "TEXT", .help = "what it is about"}},
         kEditFlags, kMergeFlag);
constexpr std::array kExamples{
    Example{"taskman project edit web --name \"Shop\"", ""},
};

int run(Session& session, const Invocation& invocation) {
  const model::ProjectPatch patch{.name = invocation.value("name"),
                                  .description = invocation.value("description")};
  if (!patch.name && !patch.description) {
    throw error::Error(error::Code::kUsage, "nothing to change",
                       "name a field: --name, --description");
  }
  const auto answer = session.api().write(
      write_call(invocation, "PATCH", wire::project_path(invocation.first("KEY").value()),
                 wire::encode(patch)));
  return print_written(session, invocation, answer, project_kind(), "edited project");
}

}  // namespace

extern const Command kProjectEdit;
constinit const Command kProjectEdit{.noun = "project",
                                     .verb = "edit",
                                     .summary = "change a project",
                                     .args = kArgs,
                                     .flags = kFlags,
                                     .examples = kExamples,
                                     .output = Output::kThing,
                                     .answers = project_kind,
                                     .run = run};

}  // namespace taskman::cli
