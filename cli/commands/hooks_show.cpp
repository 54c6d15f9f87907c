#include "cli/commands/hook_values.hpp"
#include "cli/commands/print.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kExamples{
    Example{"taskman hooks show 3", ""},
};

int run(Session& session, const Invocation& invocation) {
  const auto answer = session.api().get(wire::hook_path(hook_id(invocation)));
  return print_thing(session, invocation, answer, hook_kind(), hook_detail);
}

}  // namespace

extern const Command kHooksShow;
constinit const Command kHooksShow{.noun = "hooks",
                                   .verb = "show",
                                   .summary = "show a hook and its last error",
                                   .args = kHookArgs,
                                   .examples = kExamples,
                                   .output = Output::kThing,
                                   .answers = hook_kind,
                                   .run = run};

}  // namespace taskman::cli
