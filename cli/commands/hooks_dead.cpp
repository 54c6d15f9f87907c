#include "cli/commands/hook_values.hpp"
#include "cli/commands/print.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{
    Arg{.name = "ID",
        .arity = Arity::kOptional,
        .complete = Complete::kHook,
        .help = "of this hook only"},
};
constexpr std::array kExamples{
    Example{"taskman hooks dead", "of all hooks"},
    Example{"taskman hooks dead 3 --json | jq '.data[].frame'", "what hook 3 has missed"},
};

int run(Session& session, const Invocation& invocation) {
  const std::string path = invocation.first("ID") ? wire::hook_path(hook_id(invocation), "dead")
                                                  : std::string(wire::kDeadLetters);
  return print_list(session, invocation,
                    arranged(invocation, session.api().get(path), dead_letter_kind()),
                    dead_letter_kind());
}

}  // namespace

extern const Command kHooksDead;
constinit const Command kHooksDead{
    .noun = "hooks",
    .verb = "dead",
    .summary = "list changes that could not be delivered",
    .description = "`taskman hooks retry ID` delivers them once more.",
    .args = kArgs,
    .examples = kExamples,
    .output = Output::kList,
    .answers = dead_letter_kind,
    .run = run};

}  // namespace taskman::cli
