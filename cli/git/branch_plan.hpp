#pragma once
// Which branch a task is worked on, and how to get onto it.

#include <cstdint>
#include <optional>
#include <string>

#include "cli/git/work_tree.hpp"

namespace taskman::git {

struct Wanted {
  std::int64_t task = 0;
  std::string title;
  std::optional<std::string> name{};  ///< as the user wants the branch called
};

enum class Way {
  kStay,    ///< it is checked out
  kSwitch,  ///< it is there
  kTrack,   ///< a remote has it: a branch of ours that follows it
  kMake,    ///< from where we are
};

struct BranchPlan {
  Way way = Way::kMake;
  std::string branch;
  std::string remote{};  ///< kTrack: `origin/42-fix-login`
};

/// A branch of the task that is there already, whatever it is called now, else a new one. Looks
/// only. Throws kConflict when several are, when it is checked out in another work tree or belongs
/// to another task, kInvalidValue for a name that git does not take.
BranchPlan plan_branch(const WorkTree& tree, const Wanted& wanted);

/// Throws kConflict with git's reason, and nothing has changed.
void carry_out(const WorkTree& tree, const BranchPlan& plan);

}  // namespace taskman::git
