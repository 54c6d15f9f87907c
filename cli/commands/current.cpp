#include <array>

#include "cli/commands/detail.hpp"
#include "cli/commands/kinds.hpp"
#include "cli/commands/print.hpp"
#include "cli/git/branch_name.hpp"
#include "cli/git/work_tree.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;

constexpr std::array kArgs{
    Arg{.name = "BRANCH",
        .arity = Arity::kOptional,
        .help = "another branch than the one that is checked out"},
};
constexpr std::array kExamples{
    Example{"taskman current", "the task of the branch you are on"},
    Example{"taskman task done \"$(taskman current -q)\"", ""},
    Example{"taskman current \"$GITHUB_HEAD_REF\" -q", "in CI, where no branch is checked out"},
};

[[noreturn]] void refuse(const std::string& what, std::string hint) {
  throw Error(Code::kNotFound, what, std::move(hint));
}

/// A branch that was named needs no repository: its name says the task.
std::optional<std::int64_t> task_of(const Invocation& invocation, std::string& branch) {
  if (const auto given = invocation.first("BRANCH")) {
    branch = *given;
    try {
      return git::WorkTree().task_of(branch);
    } catch (const Error&) {
      return git::task_in_name(branch);
    }
  }
  const git::WorkTree tree;
  const auto current = tree.current();
  if (!current)
    refuse("no branch is checked out: HEAD is detached", "name the branch: taskman current BRANCH");
  branch = *current;
  return tree.task_of(branch);
}

int run(Session& session, const Invocation& invocation) {
  std::string branch;
  const auto task = task_of(invocation, branch);
  if (!task)
    refuse("branch " + branch + " names no task",
           "taskman task start ID --branch makes one that does; so does a name like 42-fix-login");
  try {
    return print_thing(session, invocation, session.api().get(wire::task_path({*task})),
                       task_kind(), task_detail);
  } catch (const Error& failure) {
    if (failure.code() != Code::kNotFound) throw;
    refuse("branch " + branch + " is of task " + std::to_string(*task) + ", which is not there",
           "taskman where says which database was asked");
  }
}

}  // namespace

extern const Command kCurrent;
constinit const Command kCurrent{
    .noun = "",
    .verb = "current",
    .summary = "show the task of the git branch you are on",
    .description =
        "A branch is a task's when `task start --branch` made it, or when its name begins with the "
        "id: 42, 42-fix-login, ana/42-fix-login. Exit 3 when it is of none, or of a task that is "
        "not there.",
    .args = kArgs,
    .examples = kExamples,
    .output = Output::kThing,
    .answers = task_kind,
    .run = run};

}  // namespace taskman::cli
