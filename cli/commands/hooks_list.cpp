#include "cli/commands/hook_values.hpp"
#include "cli/commands/print.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kExamples{
    Example{"taskman hooks list", "and how far each is"},
};

int run(Session& session, const Invocation& invocation) {
  auto answer = session.api().get(std::string(wire::kHooks));
  return print_list(session, invocation, arranged(invocation, std::move(answer), hook_kind()),
                    hook_kind());
}

}  // namespace

extern const Command kHooksList;
constinit const Command kHooksList{.noun = "hooks",
                                   .verb = "list",
                                   .summary = "list hooks",
                                   .examples = kExamples,
                                   .output = Output::kList,
                                   .answers = hook_kind,
                                   .run = run};

}  // namespace taskman::cli
