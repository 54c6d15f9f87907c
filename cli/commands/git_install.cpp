#include "cli/commands/git_hooks.hpp"
#include "cli/git/hooks.hpp"
#include "cli/git/work_tree.hpp"
#include "common/error/error.hpp"
#include "common/util/shell.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;
using git::HookState;
using git::Strictness;

constexpr std::array kFlags{
    Flag{.name = "strict", .value = "", .help = "refuse a commit that names a task there is not"},
};
constexpr std::array kExamples{
    Example{"taskman git install",
            "a commit with the line `Closes: #42` at its end closes task 42"},
    Example{"taskman git install --strict", "and a mistyped number is refused"},
};

struct Hook {
  std::string_view name;
  std::string file;
  std::string script;
  HookState state;
};

std::vector<Hook> hooks_of(const git::WorkTree& tree, Strictness strictness) {
  const std::string folder = tree.hooks_folder();
  std::vector<Hook> hooks;
  for (const auto name : git::kHooks) {
    const std::string file = folder + "/" + std::string(name);
    const std::string script = git::hook_script(name, strictness);
    hooks.push_back({name, file, script, git::state_of(file, script, name)});
  }
  return hooks;
}

/// Before any is written: all of them, or none.
void check(const std::vector<Hook>& hooks) {
  std::string message, hint;
  for (const auto& hook : hooks) {
    if (hook.state != HookState::kForeign) continue;
    message += (message.empty() ? "there is a hook already: " : ", ") + hook.file;
    hint += (hint.empty() ? "" : "\n") + std::string("add to ") + hook.file +
            " the line: " + git::hook_line(hook.name);
  }
  if (!message.empty()) throw Error(Code::kConflict, message, hint + "\nthen: taskman git install");
}

std::string install(const Hook& hook) {
  if (hook.state == HookState::kCallsUs) return "yours";
  if (hook.state == HookState::kOurs) return "unchanged";
  git::write_hook(hook.file, hook.script);
  return hook.state == HookState::kOurOld ? "updated" : "installed";
}

int run(Session& session, const Invocation& invocation) {
  const git::WorkTree tree;
  const auto hooks =
      hooks_of(tree, invocation.has("strict") ? Strictness::kRefuse : Strictness::kWarn);
  check(hooks);
  std::vector<wire::GitHook> done;
  for (const auto& hook : hooks)
    done.push_back({.name = std::string(hook.name), .path = hook.file, .state = install(hook)});
  if (tree.hooks_are_shared()) {
    session.notice("taskman: core.hooksPath is set: these hooks serve every repository that uses " +
                   tree.hooks_folder());
  }
  return print_hooks(session, invocation, done);
}

}  // namespace

extern const Command kGitInstall;
constinit const Command kGitInstall{
    .noun = "git",
    .verb = "install",
    .summary = "let commits close tasks: `Closes: #42`",
    .description =
        "Puts three hooks into this repository, or where core.hooksPath says. commit-msg says "
        "before the commit when its message names a task there is not; post-commit and post-merge "
        "act once the commit is there: `Closes: #42` and `Fixes: #42` close, `Refs: #42` puts a "
        "comment on the task. Hooks that are there stay: they are refused, with the line to add. "
        "No commit fails because taskman or its daemon is missing. Again is no change.",
    .flags = kFlags,
    .examples = kExamples,
    .output = Output::kList,
    .answers = git_hook_kind,
    .needs = Needs::kNothing,
    .run = run};

}  // namespace taskman::cli
