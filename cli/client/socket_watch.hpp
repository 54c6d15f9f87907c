#pragma once
// Tells when a socket is made at a path: a daemon that was away is noticed the moment it is back.

#include <string>

#include "common/util/fd.hpp"

namespace taskman::client {

/// Watches the socket's folder (inotify(7)). Where that cannot be had, because the folder is not
/// there or the user's watches are used up, nothing is ever told. One thread.
class SocketWatch {
 public:
  explicit SocketWatch(const std::string& socket);

  /// Whether a socket that is made will be told of.
  bool works() const { return static_cast<bool>(fd_); }
  /// Readable when there is something to take(); -1 when it does not work.
  int descriptor() const { return fd_.get(); }
  /// Whether the socket was made since the last call. Without waiting.
  bool take();

 private:
  std::string name_;  ///< of the socket, in its folder
  util::Fd fd_;
};

}  // namespace taskman::client
