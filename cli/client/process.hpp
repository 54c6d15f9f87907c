#pragma once
// A process of this machine, seen from another: it can be asked to end, and its end waited for.

#include <cstdint>
#include <optional>
#include <utility>

#include "cli/client/deadline.hpp"
#include "common/util/fd.hpp"

namespace taskman::client {

class Process {
 public:
  /// None when there is none of that number.
  static std::optional<Process> find(std::int64_t pid);

  std::int64_t pid() const { return pid_; }
  /// By SIGTERM: a daemon finishes what is in flight. Does nothing when it is gone.
  void terminate() const;
  /// False when it is still there at the deadline.
  bool wait(const Deadline& deadline) const;

 private:
  Process(std::int64_t pid, util::Fd process) : pid_(pid), process_(std::move(process)) {}

  std::int64_t pid_;
  util::Fd process_;  ///< a pidfd: the number may be another's by the time it is used
};

}  // namespace taskman::client
