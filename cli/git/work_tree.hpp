#pragma once
// The git work tree we stand in: its branches, and which task each is of.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/git/git.hpp"

namespace taskman::git {

struct Branch {
  std::string name;                    ///< `42-fix-login`, of a remote one without the remote
  std::string remote{};                ///< `origin/42-fix-login`; empty: it is ours
  std::string checked_out_in{};        ///< a work tree's folder; empty: in none
  std::optional<std::int64_t> task{};  ///< what was noted with it, else what its name says
};

/// One thread. What changes is asked of git every time.
class WorkTree {
 public:
  /// Throws kNotFound when the working folder is in none, with git's reason.
  WorkTree();

  const std::string& top() const { return top_; }
  /// Absolute; of core.hooksPath when that is set.
  std::string hooks_folder() const;
  bool hooks_are_shared() const;  ///< core.hooksPath is set: other repositories may use them too

  /// The branch that is checked out, also while it is being rebased; none for a detached HEAD.
  std::optional<std::string> current() const;
  std::vector<Branch> branches() const;
  /// The task `branch` is of, if it is of one.
  std::optional<std::int64_t> task_of(const std::string& branch) const;
  /// Keeps with the branch, in the repository's configuration, which task it is of.
  void note_task(const std::string& branch, std::int64_t task) const;

  /// `git switch` with these words. Throws kConflict with git's reason when the branch is not the
  /// current one afterwards.
  void switch_to(const std::string& branch, const Words& words) const;
  /// The same to one that is made: from where we are, or to follow `upstream`, `origin/a`. There is
  /// none again when that fails.
  void switch_to_new(const std::string& branch, const std::string& upstream = {}) const;

 private:
  std::string top_;
};

/// Whether the working folder is a work tree's top.
bool is_at_top();

/// Whether git takes it as a branch's name.
bool is_branch_name(const std::string& name);

}  // namespace taskman::git
