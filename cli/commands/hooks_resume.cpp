#include "cli/commands/hook_values.hpp"
#include "cli/commands/print.hpp"
#include "cli/session/shared_flags.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kExamples{
    Example{"taskman hooks resume 3", ""},
};

int run(Session& session, const Invocation& invocation) {
  return change_hook(session, invocation, "resume", "resumed");
}

}  // namespace

extern const Command kHooksResume;
constinit const Command kHooksResume{.noun = "hooks",
                                     .verb = "resume",
                                     .summary = "let a hook go on",
                                     .args = kHookArgs,
                                     .flags = kWriteFlags,
                                     .examples = kExamples,
                                     .output = Output::kThing,
                                     .answers = hook_kind,
                                     .run = run};

}  // namespace taskman::cli
