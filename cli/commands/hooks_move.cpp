// `hooks pause|resume|retry ID`: a verb of the API each.

#include "cli/commands/hook_values.hpp"
#include "cli/commands/print.hpp"
#include "cli/commands/values.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

struct Words {
  std::string_view verb;
  std::string_view past;
  std::string_view summary;
};

constexpr std::array kPauseExamples{
    Example{"taskman hooks pause 3", "it misses nothing: it goes on from there"},
};
constexpr std::array kResumeExamples{Example{"taskman hooks resume 3", ""}};
constexpr std::array kRetryExamples{Example{"taskman hooks retry 3", ""}};

template <const Words& words>
int run(Session& session, const Invocation& invocation) {
  const auto answer = session.api().write(
      write_call(invocation, "POST", wire::hook_path(hook_id(invocation), words.verb), ""));
  return print_hook(session, invocation, answer, words.past);
}

template <const Words& words>
constexpr Command command(std::span<const Example> examples) {
  return {.noun = "hooks",
          .verb = words.verb,
          .summary = words.summary,
          .args = kHookArgs,
          .flags = kWriteFlags,
          .examples = examples,
          .output = Output::kThing,
          .answers = hook_kind,
          .run = run<words>};
}

constexpr Words kPause{"pause", "paused", "let a hook stand still"};
constexpr Words kResume{"resume", "resumed", "let a hook go on"};
constexpr Words kRetry{"retry", "trying", "try at once what failed, dead letters first"};

}  // namespace

extern const Command kHooksPause, kHooksResume, kHooksRetry;
constinit const Command kHooksPause = command<kPause>(kPauseExamples);
constinit const Command kHooksResume = command<kResume>(kResumeExamples);
constinit const Command kHooksRetry = command<kRetry>(kRetryExamples);

}  // namespace taskman::cli
