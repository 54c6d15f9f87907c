#include <algorithm>

#include "cli/commands/completion_scripts.hpp"
#include "cli/commands/print.hpp"
#include "common/wire/fields.hpp"

namespace taskman::cli {
namespace {

constexpr std::array<std::string_view, 3> kShells{"bash", "zsh", "fish"};
constexpr std::array kArgs{
    Arg{.name = "SHELL",
        .complete = Complete::kChoice,
        .help = "bash, zsh or fish",
        .choices = kShells},
};
constexpr std::array kExamples{
    Example{"source <(taskman completion bash)", "in ~/.bashrc"},
    Example{"source <(taskman completion zsh)", "in ~/.zshrc, after compinit"},
    Example{"taskman completion fish > ~/.config/fish/completions/taskman.fish", ""},
};

int run(Session& session, const Invocation& invocation) {
  const auto script =
      std::ranges::find(completion_scripts(), *invocation.first("SHELL"), &CompletionScript::shell);
  return print_content(session,
                       {.kind = "completion",
                        .data = wire::object_of({{"shell", wire::quote(script->shell)},
                                                 {"script", wire::quote(script->text)}})},
                       std::string(script->text));
}

}  // namespace

extern const Command kCompletion;
constinit const Command kCompletion{
    .noun = "",
    .verb = "completion",
    .summary = "print the completion of a shell",
    .description =
        "Commands, flags and values are completed, ids with titles, sprints, projects, "
        "labels and people as the running daemon knows them. An installed package has "
        "these scripts in place already.",
    .args = kArgs,
    .examples = kExamples,
    .answers = completion_kind,
    .needs = Needs::kNothing,
    .run = run};

}  // namespace taskman::cli
