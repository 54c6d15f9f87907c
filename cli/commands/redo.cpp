#include "cli/commands/take_back.hpp"
#include "cli/session/shared_flags.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{
    Arg{.name = kRevArg,
        .arity = Arity::kOptional,
        .help = "the undo, or what it took back; your newest undo when left out"},
};
constexpr std::array kExamples{
    Example{"taskman redo", "brings back what your last undo took"},
    Example{"taskman redo 17", "brings back revision 17"},
};

int run(Session& session, const Invocation& invocation) {
  return take_back(session, invocation, Direction::kRedo);
}

}  // namespace

extern const Command kRedo;
constinit const Command kRedo{.noun = "",
                              .verb = "redo",
                              .summary = "bring back what an undo took",
                              .description =
                                  "Refused, as an undo is, when what it would change was "
                                  "changed since (exit 4), and so when what\n"
                                  "it rests on was: the start and the report of a sprint tell of "
                                  "its tasks as they were.",
                              .args = kArgs,
                              .flags = kWriteFlags,
                              .examples = kExamples,
                              .output = Output::kThing,
                              .answers = undo_kind,
                              .patience = Patience::kLong,
                              .run = run};

}  // namespace taskman::cli
