#pragma once
// A line on stderr for as long as something takes long, on a terminal only.

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "cli/session/session.hpp"

namespace taskman::cli {

/// Shows `importing 10000 records… 3 s` from the first moments of waiting on, and takes it away at
/// its end. Without a terminal it does nothing. Owned by the command that waits; say() from its
/// thread, drawing on one of its own.
class Busy {
 public:
  Busy(Session& session, std::string doing);
  ~Busy();
  Busy(const Busy&) = delete;
  Busy& operator=(const Busy&) = delete;

  /// What is being done from now on.
  void say(std::string doing);

 private:
  void draw_until_done();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::string doing_;  // guarded by mutex_
  bool done_ = false;  // guarded by mutex_
  std::thread drawer_;
};

}  // namespace taskman::cli
