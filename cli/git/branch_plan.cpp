#include "cli/git/branch_plan.hpp"

#include <algorithm>

#include "cli/git/branch_name.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"

namespace taskman::git {
namespace {

using error::Code;
using error::Error;

[[noreturn]] void refuse_many(const std::vector<Branch>& branches, std::int64_t task) {
  std::vector<std::string> names;
  for (const auto& branch : branches)
    names.push_back(branch.remote.empty() ? branch.name : branch.remote);
  throw Error(Code::kConflict,
              "task " + std::to_string(task) + " has several branches: " + util::join(names, ", "),
              "say which: --branch=" + branches.front().name);
}

std::vector<Branch> only(const std::vector<Branch>& all, const auto& matches) {
  std::vector<Branch> some;
  std::ranges::copy_if(all, std::back_inserter(some), matches);
  return some;
}

bool is_ours(const Branch& branch) { return branch.remote.empty(); }

/// The branch to use among those that would do; none when there are none.
std::optional<Branch> choose(const std::vector<Branch>& fit, const std::string& name,
                             std::int64_t task) {
  // Ours before a remote's, the name we would give before any other.
  for (const auto& some :
       {only(fit, is_ours), only(fit, [](const Branch& branch) { return !is_ours(branch); })}) {
    const auto exact = only(some, [&](const Branch& branch) { return branch.name == name; });
    const auto& left = exact.empty() ? some : exact;
    if (left.size() > 1) refuse_many(left, task);
    if (!left.empty()) return left.front();
  }
  return std::nullopt;
}

std::optional<Branch> find(const std::vector<Branch>& all, const Wanted& wanted,
                           const std::string& name) {
  if (wanted.name)
    return choose(only(all, [&](const Branch& branch) { return branch.name == name; }), name,
                  wanted.task);
  return choose(only(all, [&](const Branch& branch) { return branch.task == wanted.task; }), name,
                wanted.task);
}

void check(const Branch& branch, std::int64_t task, const WorkTree& tree) {
  if (branch.task && *branch.task != task) {
    throw Error(Code::kConflict,
                "branch " + branch.name + " is of task " + std::to_string(*branch.task),
                "give another name: --branch=NAME");
  }
  if (!branch.checked_out_in.empty() && branch.checked_out_in != tree.top()) {
    throw Error(Code::kConflict,
                "branch " + branch.name + " is checked out in " + branch.checked_out_in,
                "go there: cd " + branch.checked_out_in);
  }
}

}  // namespace

BranchPlan plan_branch(const WorkTree& tree, const Wanted& wanted) {
  const std::string name = wanted.name.value_or(branch_name(wanted.task, wanted.title));
  if (!is_branch_name(name))
    throw Error(Code::kInvalidValue, "--branch: '" + name + "' is no name for a branch of git");
  const auto current = tree.current();
  const bool is_on_it =
      current && (wanted.name ? *current == name : tree.task_of(*current) == wanted.task);
  const auto all = tree.branches();
  if (is_on_it) {
    const auto here = std::ranges::find_if(
        all, [&](const Branch& branch) { return is_ours(branch) && branch.name == *current; });
    if (here != all.end()) check(*here, wanted.task, tree);
    return {.way = Way::kStay, .branch = *current};
  }
  const auto found = find(all, wanted, name);
  if (!found) return {.way = Way::kMake, .branch = name};
  check(*found, wanted.task, tree);
  if (is_ours(*found)) return {.way = Way::kSwitch, .branch = found->name};
  return {.way = Way::kTrack, .branch = found->name, .remote = found->remote};
}

void carry_out(const WorkTree& tree, const BranchPlan& plan) {
  switch (plan.way) {
    case Way::kStay:
      return;
    case Way::kSwitch:
      return tree.switch_to(plan.branch, {plan.branch});
    case Way::kTrack:
      return tree.switch_to_new(plan.branch, plan.remote);
    case Way::kMake:
      return tree.switch_to_new(plan.branch);
  }
}

}  // namespace taskman::git
