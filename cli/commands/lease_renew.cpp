#include "cli/commands/move.hpp"

namespace taskman::cli {
namespace {

constexpr auto kFlags = join(kLeaseFlag, kTokenFlag, kManyFlags);
constexpr std::array kExamples{
    Example{"taskman lease renew 42", "half an hour from now"},
    Example{"taskman lease renew 42 --lease 5m --as worker-1", ""},
    Example{"taskman lease renew 42 --token \"$token\"",
            "not when the task was claimed anew since"},
};

}  // namespace

extern const Command kLeaseRenew;
constinit const Command kLeaseRenew{
    .noun = "lease",
    .verb = "renew",
    .summary = "hold claimed tasks for longer",
    .description =
        "Only while you hold them: a lease that has run out is lost (exit 4). A renewal "
        "keeps the token.",
    .args = kIdArgs,
    .flags = kFlags,
    .examples = kExamples,
    .output = Output::kThing,
    .answers = task_kind,
    .run = renew_tasks};

}  // namespace taskman::cli
