#include "cli/commands/claim.hpp"
#include "cli/commands/move.hpp"
#include "cli/commands/print.hpp"
#include "common/error/error.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;

constexpr std::array kArgs{
    Arg{.name = "ID",
        .arity = Arity::kAny,
        .complete = Complete::kTask,
        .help = "42, #42, 3-7, or - to read ids from stdin; with --next the words of a filter"},
};
constexpr auto kFlags = join(
    std::array{
        Flag{.name = "next",
             .value = "",
             .help = "the first task that is ready, that nobody claimed and that is not "
                     "assigned to somebody else; exit 8 when there is none"},
        Flag{.name = "exclusive",
             .value = "",
             .help = "also you may not hold the task already: without it that is a renewal"}},
    kOrderFlag, kLeaseFlag, kEditFlags);
constexpr std::array kExamples{
    Example{"taskman claim 42", "yours for half an hour; again renews it"},
    Example{"id=$(taskman claim --next -q)", "the most urgent task that waits"},
    Example{"taskman claim --next label:build --order -created --lease 5m --as worker-1",
            "for a worker of a pool"},
    Example{"token=$(taskman claim 42 --exclusive --format '{lease.token}')",
            "of all that ask one, whatever their names; taskman done 42 --token \"$token\" counts "
            "only under that lease"},
};

int run(Session& session, const Invocation& invocation) {
  const auto& words = invocation.all("ID");
  if (invocation.has("next")) {
    refuse_flag(invocation, "if-match", "it names the version of one task, --next finds any");
    const auto answer = session.api().write(next_claim(session, invocation, words));
    return print_written(session, invocation, answer, task_kind(), "claimed");
  }
  refuse_flag(invocation, "order", "it goes with --next");
  if (words.empty())
    throw Error(Code::kUsage, "ID is missing",
                "give ids, or --next for the first task that waits: taskman claim --next");
  return claim_tasks(session, invocation);
}

}  // namespace

extern const Command kTaskClaim;
constinit const Command kTaskClaim{
    .noun = "task",
    .verb = "claim",
    .shorthand = "claim",
    .summary = "take tasks under a lease, so that nobody else does",
    .description =
        "Of all that ask for a task one gets it; the others learn who holds it and until when "
        "(exit "
        "4). The task becomes yours and in progress. Claimed again by its holder the lease starts "
        "anew; once it has run out the task waits for the next one. Workers of one name, such as "
        "the jobs of one CI user, look alike: with --exclusive one of them gets the task, and the "
        "token in the answer's lease tells theirs from any other.",
    .args = kArgs,
    .flags = kFlags,
    .examples = kExamples,
    .output = Output::kThing,
    .answers = task_kind,
    .run = run};

}  // namespace taskman::cli
