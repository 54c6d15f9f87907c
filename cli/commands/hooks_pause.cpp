#include "cli/commands/hook_values.hpp"
#include "cli/commands/print.hpp"
#include "cli/session/shared_flags.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kExamples{
    Example{"taskman hooks pause 3", "it misses nothing: it goes on from there"},
};

int run(Session& session, const Invocation& invocation) {
  return change_hook(session, invocation, "pause", "paused");
}

}  // namespace

extern const Command kHooksPause;
constinit const Command kHooksPause{.noun = "hooks",
                                    .verb = "pause",
                                    .summary = "let a hook stand still",
                                    .args = kHookArgs,
                                    .flags = kWriteFlags,
                                    .examples = kExamples,
                                    .output = Output::kThing,
                                    .answers = hook_kind,
                                    .run = run};

}  // namespace taskman::cli
