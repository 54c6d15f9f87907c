#pragma once
// A daemon that lives on while the file of its socket was removed or replaced: it listens, and
// nobody can reach it.

#include <cstdint>
#include <optional>
#include <utility>

#include "cli/client/deadline.hpp"
#include "common/config/paths.hpp"
#include "common/util/fd.hpp"

namespace taskman::client {

class CutOff {
 public:
  CutOff(std::int64_t pid, util::Fd process) : pid_(pid), process_(std::move(process)) {}

  std::int64_t pid() const { return pid_; }
  /// By a signal: it finishes what is in flight. False when it is still there at the deadline.
  bool end(const Deadline& deadline) const;

 private:
  std::int64_t pid_;
  util::Fd process_;  ///< a pidfd: the number may be another's by the time it is used
};

/// The process that holds the lock and listens on paths.socket without being reachable there; none
/// when it is starting, ending, another user's, or when there is no such process.
std::optional<CutOff> find_cut_off(const config::Paths& paths, const Deadline& deadline);

}  // namespace taskman::client
