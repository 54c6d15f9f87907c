#pragma once
// How the daemon tells who started it that it serves, or why it does not.

#include <string>
#include <string_view>

#include "common/error/error.hpp"
#include "common/util/environment.hpp"
#include "common/util/fd.hpp"

namespace taskman {

/// Speaks to the descriptor of --ready-fd (one line: `ready`, or `error ` and the error as JSON)
/// and to the socket of sd_notify(3). Either may be absent. Owned by main; one thread.
class Readiness {
 public:
  /// Takes `ready_fd` over; -1 is none.
  Readiness(int ready_fd, const util::Environment& environment);

  void ready();
  void failed(const error::Error& failure);
  /// systemd shall know that the end is intended.
  void stopping() const;
  void reloading() const;
  void reloaded() const;

 private:
  void say(std::string_view line);
  void notify(std::string_view state) const;

  util::Fd ready_fd_;
  std::string notify_socket_;
};

}  // namespace taskman
