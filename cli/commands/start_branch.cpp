#include "cli/commands/start_branch.hpp"

#include "cli/commands/ids.hpp"
#include "cli/commands/print.hpp"
#include "cli/commands/values.hpp"
#include "cli/git/branch_plan.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/commands.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;
using git::Way;

model::TaskId only_task(Session& session, const Invocation& invocation) {
  if (!invocation.has("where")) {
    const auto& words = invocation.all("ID");
    if (words.empty()) throw Error(Code::kUsage, "ID is missing", "name the task by its id");
    if (const auto ids = read_ids(session, words); ids.size() == 1) return ids.front();
  }
  throw Error(Code::kUsage, "--branch goes with one task", "give one id");
}

client::Call start_call(const Invocation& invocation, model::TaskId id) {
  return write_call(invocation, "POST", wire::task_path(id, "start"),
                    wire::encode(wire::VerbInput{}));
}

/// Whether the task can be started, asked of the daemon before git is.
wire::Envelope rehearse(Session& session, const Invocation& invocation, model::TaskId id) {
  auto call = start_call(invocation, id);
  if (!invocation.has("dry-run")) call.query.emplace_back("dry_run", "1");
  return session.api().write(std::move(call));
}

std::optional<std::string> name_of(const Invocation& invocation) {
  const auto name = invocation.value("branch").value_or("");
  return name.empty() ? std::nullopt : std::optional(name);
}

std::string text_of(const git::BranchPlan& plan) {
  switch (plan.way) {
    case Way::kStay:
      return "on branch " + plan.branch;
    case Way::kSwitch:
      return "branch " + plan.branch;
    case Way::kTrack:
      return "branch " + plan.branch + ", from " + plan.remote;
    case Way::kMake:
      break;
  }
  return "new branch " + plan.branch;
}

/// The switch comes first: git alone knows whether it can, and a task that was started on the
/// quiet, or started and taken back, would be seen by everybody who watches.
void go_to(Session& session, const git::WorkTree& tree, const git::BranchPlan& plan,
           model::TaskId id) {
  try {
    git::carry_out(tree, plan);
  } catch (const Error& refused) {
    throw Error(refused.code(), refused.message(),
                "the task was not started; once git can switch: taskman task start " +
                    std::to_string(id.value) + " --branch");
  }
  try {
    tree.note_task(plan.branch, id.value);
  } catch (const Error& failure) {
    session.notice("taskman: git did not keep which task " + plan.branch +
                   " is of: " + util::escape_for_terminal(failure.message()));
  }
}

wire::Envelope start(Session& session, const Invocation& invocation, const git::BranchPlan& plan,
                     model::TaskId id) {
  try {
    return session.api().write(start_call(invocation, id));
  } catch (const Error& failure) {
    throw Error(failure.code(), failure.message(),
                "branch " + plan.branch +
                    " is checked out; to go on from here: taskman task start " +
                    std::to_string(id.value));
  }
}

}  // namespace

int start_on_branch(Session& session, const Invocation& invocation) {
  const auto id = only_task(session, invocation);
  const git::WorkTree tree;
  const auto rehearsed = rehearse(session, invocation, id);
  const auto plan =
      git::plan_branch(tree, {.task = id.value,
                              .title = wire::field_text(rehearsed.data, "title").value_or(""),
                              .name = name_of(invocation)});
  if (invocation.has("dry-run")) {
    print_written(session, invocation, rehearsed, task_kind(), "started");
    session.notice(text_of(plan));
    return 0;
  }
  go_to(session, tree, plan, id);
  print_written(session, invocation, start(session, invocation, plan, id), task_kind(), "started");
  session.notice(text_of(plan));
  return 0;
}

}  // namespace taskman::cli
