#include "cli/commands/take_back.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/error/error.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{
    Arg{.name = kRevArg,
        .arity = Arity::kOptional,
        .help = "the revision to take back, also of somebody else; your newest when left out"},
};
constexpr auto kFlags = join(
    std::array{
        Flag{.name = "list",
             .value = "",
             .help = "what you did, the newest first, and whether it can be undone"},
        Flag{.name = "limit", .value = "N", .help = "of --list: so many, 1 to 200; default 20"}},
    kWriteFlags);
constexpr std::array kExamples{
    Example{"taskman undo", "takes your last command back; again: the one before"},
    Example{"taskman undo --dry-run", "what would change"},
    Example{"taskman undo --list", "what there is to take back"},
    Example{"taskman undo 17", "a certain revision"},
};

int list(Session& session, const Invocation& invocation) {
  if (invocation.first(kRevArg) || invocation.has("dry-run") || invocation.has("key")) {
    throw error::Error(error::Code::kUsage, "--list takes back nothing",
                       "leave out REV, --key and --dry-run");
  }
  check_fields(invocation, undo_list_kind());
  client::Query query;
  if (const auto limit = limit_of(invocation)) query.emplace_back("limit", std::to_string(*limit));
  return print_list(session, invocation,
                    session.api().get(std::string(wire::kUndo), std::move(query)),
                    undo_list_kind());
}

int run(Session& session, const Invocation& invocation) {
  if (invocation.has("list")) return list(session, invocation);
  if (invocation.has("limit"))
    throw error::Error(error::Code::kUsage, "--limit belongs to --list", "add --list");
  return take_back(session, invocation, Direction::kUndo);
}

}  // namespace

extern const Command kUndo;
constinit const Command kUndo{
    .noun = "",
    .verb = "undo",
    .summary = "take back what you did last",
    .description =
        "A command is taken back as a whole, also one on many tasks, an import, or the close of a "
        "sprint.\n"
        "What others changed since is never overwritten: then it says what, by whom and in which "
        "revision, and\n"
        "nothing changes (exit 4). Nothing left to undo is exit 8.\n"
        "Covered is what changes tasks, comments, sprints and projects. Hooks, settings, what git "
        "has and a restore\n"
        "are not: when your last command was about a hook, nothing is undone (exit 4). A `taskman "
        "run` that was done is\n"
        "one command, claim and all; before its end, and by a renewal of a lease, undo means the "
        "command before.\n"
        "So it does after a claim that was given back or ran out. Where nothing is left of another "
        "command, that is\n"
        "exit 8, and it says how to take back the one before.",
    .args = kArgs,
    .flags = kFlags,
    .examples = kExamples,
    .output = Output::kThing,
    .answers = undo_kind,
    .or_answers = undo_list_kind,
    .patience = Patience::kLong,
    .run = run};

}  // namespace taskman::cli
