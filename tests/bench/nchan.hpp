#pragma once
// The peer for fan-out: Debian's nginx with its module nchan.

#include <string>

#include "program.hpp"
#include "target.hpp"

namespace taskman::bench {

/// One worker and one channel of Server-Sent Events, on a Unix socket and by TCP. Ready when the
/// constructor returns.
class Nchan {
 public:
  Nchan(const Folder& folder, const std::string& nginx);

  Target socket() const { return socket_; }
  Target tcp() const { return tcp_; }
  /// The process that feeds the readers.
  pid_t worker() const;
  /// What a reader sends.
  static std::string subscription();
  /// Sends `data` to all of them.
  void publish(const std::string& data) const;

 private:
  Target socket_;
  Target tcp_;
  Program nginx_;
};

/// Where Debian's package puts the module; empty when it is not installed.
std::string nchan_module();

}  // namespace taskman::bench
