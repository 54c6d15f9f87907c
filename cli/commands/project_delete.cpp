#include "cli/commands/confirm.hpp"
#include "cli/commands/print.hpp"
#include "cli/commands/values.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{
    Arg{.name = "KEY", .complete = Complete::kProject, .help = "the project's key"},
};
constexpr auto kFlags = join(std::array{kDetachFlag, kYesFlag}, kEditFlags);
constexpr std::array kExamples{
    Example{"taskman project delete web", "one without tasks and sprints"},
    Example{"taskman project delete web --detach --yes", "they stay, in no project"},
};

int run(Session& session, const Invocation& invocation) {
  const std::string key = invocation.first("KEY").value();
  confirm(session, invocation, "delete project " + key);
  auto call = write_call(invocation, "DELETE", wire::project_path(key), "");
  if (invocation.has("detach")) call.query.emplace_back("detach", "1");
  return print_written(session, invocation, session.api().write(std::move(call)), project_kind(),
                       "deleted project");
}

}  // namespace

extern const Command kProjectDelete;
constinit const Command kProjectDelete{.noun = "project",
                                       .verb = "delete",
                                       .summary = "remove a project",
                                       .args = kArgs,
                                       .flags = kFlags,
                                       .examples = kExamples,
                                       .output = Output::kThing,
                                       .answers = project_kind,
                                       .run = run};

}  // namespace taskman::cli
