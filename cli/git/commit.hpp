#pragma once
// The newest commit of the work tree we stand in.

#include <string>

namespace taskman::git {

struct Commit {
  std::string name;  ///< abbreviated
  std::string subject;
  std::string message;
  /// Stays when the commit is amended, rebased or picked elsewhere: author, author's date, subject.
  std::string identity;
};

/// HEAD. Throws kNotFound when there is no commit.
Commit newest_commit();

}  // namespace taskman::git
