#pragma once
// Work on a database that needs its daemon gone.

#include <string>

#include "cli/client/launcher.hpp"
#include "common/util/fd.hpp"

namespace taskman::client {

/// Ends the daemon of a database, and keeps every command from starting it again for as long as it
/// lives. Owned by the command; one thread.
class Offline {
 public:
  /// Throws as stop_daemon().
  Offline(const LaunchPlan& plan, const Deadline& deadline);

  /// A daemon ran, so somebody should start it again.
  bool had_daemon() const { return had_daemon_; }

  /// `taskmand --restore`: the path of what was there before, empty when there was nothing. Waits
  /// until it is done. Throws what it refused.
  std::string restore(const std::string& backup) const;

 private:
  const LaunchPlan plan_;
  const util::Fd lock_;
  const bool had_daemon_;
};

}  // namespace taskman::client
