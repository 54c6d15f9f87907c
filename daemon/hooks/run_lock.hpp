#pragma once
// That commands of a daemon which was killed are gone before the next one's begin.

#include <optional>
#include <string>

#include "common/util/fd.hpp"

namespace taskman::hooks {

/// A lock on a file beside the database, which a daemon shares with the supervisors of its
/// commands: it is free when the last of them has ended, however that came. Owned by the deliverer,
/// on its thread.
class RunLock {
 public:
  /// An empty path locks nothing.
  explicit RunLock(std::string path) : path_(std::move(path)) {}

  /// Takes it, or says why not yet. Does not wait.
  std::optional<std::string> take();
  /// Of the lock, for a supervisor to keep open; -1: none.
  int fd() const { return fd_.get(); }

 private:
  const std::string path_;
  util::Fd fd_;
  bool taken_ = false;
};

}  // namespace taskman::hooks
