#include "cli/commands/git_hooks.hpp"
#include "cli/git/hooks.hpp"
#include "cli/git/work_tree.hpp"

namespace taskman::cli {
namespace {

using git::HookState;

constexpr std::array kExamples{
    Example{"taskman git uninstall", "what `taskman git install` made"},
};

std::string uninstall(Session& session, std::string_view name, const std::string& file) {
  const auto state = git::state_of(file, git::hook_script(name, git::Strictness::kWarn), name);
  if (state == HookState::kAbsent) return "absent";
  if (state == HookState::kOurs || state == HookState::kOurOld) {
    git::remove_hook(file);
    return "removed";
  }
  if (state == HookState::kCallsUs)
    session.notice("taskman: " + file + " is not ours; take out its line: " + git::hook_line(name));
  return "yours";
}

int run(Session& session, const Invocation& invocation) {
  const git::WorkTree tree;
  const std::string folder = tree.hooks_folder();
  std::vector<wire::GitHook> done;
  for (const auto name : git::kHooks) {
    const std::string file = folder + "/" + std::string(name);
    done.push_back(
        {.name = std::string(name), .path = file, .state = uninstall(session, name, file)});
  }
  return print_hooks(session, invocation, done);
}

}  // namespace

extern const Command kGitUninstall;
constinit const Command kGitUninstall{.noun = "git",
                                      .verb = "uninstall",
                                      .summary = "take the hooks of `git install` away",
                                      .description = "Hooks that it did not make stay.",
                                      .examples = kExamples,
                                      .output = Output::kList,
                                      .answers = git_hook_kind,
                                      .needs = Needs::kNothing,
                                      .run = run};

}  // namespace taskman::cli
