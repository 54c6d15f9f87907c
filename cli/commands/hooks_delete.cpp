#include "cli/commands/confirm.hpp"
#include "cli/commands/hook_values.hpp"
#include "cli/commands/print.hpp"
#include "cli/commands/values.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

constexpr auto kFlags = join(std::array{kYesFlag}, kWriteFlags);
constexpr std::array kExamples{
    Example{"taskman hooks delete 3", "what it runs is ended, its dead letters go"},
};

int run(Session& session, const Invocation& invocation) {
  const auto id = hook_id(invocation);
  confirm(session, invocation, "delete hook " + std::to_string(id.value));
  const auto answer =
      session.api().write(write_call(invocation, "DELETE", wire::hook_path(id), ""));
  return print_hook(session, invocation, answer, "deleted");
}

}  // namespace

extern const Command kHooksDelete;
constinit const Command kHooksDelete{.noun = "hooks",
                                     .verb = "delete",
                                     .summary = "remove a hook",
                                     .description = "`taskman undo` does not bring it back.",
                                     .args = kHookArgs,
                                     .flags = kFlags,
                                     .examples = kExamples,
                                     .output = Output::kThing,
                                     .answers = hook_kind,
                                     .run = run};

}  // namespace taskman::cli
