#include "cli/commands/print.hpp"
#include "cli/commands/values.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/wire/commands.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{
    Arg{.name = "KEY", .help = "short, never changes: letters, digits, . _ -"},
    Arg{.name = "NAME", .arity = Arity::kOptional, .help = "what people call it; default: the key"},
};
constexpr auto kFlags =
    join(std::array{Flag{.name = "description", .value = "TEXT", .help = "what it is about"}},
         kWriteFlags);
constexpr std::array kExamples{
    Example{"taskman project add web \"Web shop\"", ""},
};

int run(Session& session, const Invocation& invocation) {
  const std::string key = invocation.first("KEY").value();
  const model::Project project{.key = key,
                               .name = invocation.first("NAME").value_or(key),
                               .description = invocation.value("description").value_or("")};
  const auto answer = session.api().write(write_call(
      invocation, "POST", std::string(wire::kProjects), wire::encode_new_project(project)));
  return print_written(session, invocation, answer, project_kind(), "added project");
}

}  // namespace

extern const Command kProjectAdd;
constinit const Command kProjectAdd{.noun = "project",
                                    .verb = "add",
                                    .summary = "add a project",
                                    .args = kArgs,
                                    .flags = kFlags,
                                    .examples = kExamples,
                                    .output = Output::kThing,
                                    .answers = project_kind,
                                    .run = run};

}  // namespace taskman::cli
