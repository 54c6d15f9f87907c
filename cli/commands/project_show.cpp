#include "cli/commands/detail.hpp"
#include "cli/commands/print.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{
    Arg{.name = "KEY", .complete = Complete::kProject, .help = "the project's key"},
};
constexpr std::array kExamples{
    Example{"taskman project show web", ""},
};

int run(Session& session, const Invocation& invocation) {
  const auto answer = session.api().get(wire::project_path(invocation.first("KEY").value()));
  return print_thing(session, invocation, answer, project_kind(), project_detail);
}

}  // namespace

extern const Command kProjectShow;
constinit const Command kProjectShow{.noun = "project",
                                     .verb = "show",
                                     .summary = "show a project",
                                     .args = kArgs,
                                     .examples = kExamples,
                                     .output = Output::kThing,
                                     .answers = project_kind,
                                     .run = run};

}  // namespace taskman::cli
