#include "cli/commands/print.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kExamples{
    Example{"taskman project list", "by key"},
};

int run(Session& session, const Invocation& invocation) {
  auto answer = session.api().get(std::string(wire::kProjects));
  return print_list(session, invocation, arranged(invocation, std::move(answer), project_kind()),
                    project_kind());
}

}  // namespace

extern const Command kProjectList;
constinit const Command kProjectList{.noun = "project",
                                     .verb = "list",
                                     .summary = "list projects",
                                     .examples = kExamples,
                                     .output = Output::kList,
                                     .answers = project_kind,
                                     .run = run};

}  // namespace taskman::cli
