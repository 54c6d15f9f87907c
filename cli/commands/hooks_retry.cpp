#include "cli/commands/hook_values.hpp"
#include "cli/commands/print.hpp"
#include "cli/session/shared_flags.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kExamples{
    Example{"taskman hooks retry 3", ""},
};

int run(Session& session, const Invocation& invocation) {
  return change_hook(session, invocation, "retry", "trying");
}

}  // namespace

extern const Command kHooksRetry;
constinit const Command kHooksRetry{.noun = "hooks",
                                    .verb = "retry",
                                    .summary = "try at once what failed, dead letters first",
                                    .args = kHookArgs,
                                    .flags = kWriteFlags,
                                    .examples = kExamples,
                                    .output = Output::kThing,
                                    .answers = hook_kind,
                                    .run = run};

}  // namespace taskman::cli
