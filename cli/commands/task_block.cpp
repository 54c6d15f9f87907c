#include "cli/commands/move.hpp"

namespace taskman::cli {
namespace {

constexpr auto kFlags =
    join(std::array{Flag{.name = "reason", .value = "TEXT", .help = "what they wait for"}},
         kFencedFlags);
constexpr std::array kExamples{
    Example{"taskman task block 42 --reason \"waiting for the vendor\"", ""},
};

int run(Session& session, const Invocation& invocation) {
  return move_tasks(session, invocation,
                    {.verb = "block", .past = "blocked", .reason = invocation.value("reason")});
}

}  // namespace

extern const Command kTaskBlock;
constinit const Command kTaskBlock{.noun = "task",
                                   .verb = "block",
                                   .summary = "hold tasks up by hand",
                                   .description =
                                       "Blocked by hand, with a reason; that a task waits for "
                                       "another is said with `task dep add`.",
                                   .args = kIdArgs,
                                   .flags = kFlags,
                                   .examples = kExamples,
                                   .output = Output::kThing,
                                   .answers = task_kind,
                                   .run = run};

}  // namespace taskman::cli
