#pragma once
// A TCP socket the daemon listens on, on the loopback interface alone.

#include <cstdint>
#include <string>

#include "common/util/fd.hpp"

namespace taskman::net {

/// An address and a port of this machine, `127.0.0.1:8000`, `[::1]:8000`, `localhost:8000`; port 0
/// is any free one.
struct TcpAddress {
  std::string host;  ///< without brackets
  std::uint16_t port = 0;
};

/// Throws std::invalid_argument, saying what is wrong: no address, or not one of loopback.
TcpAddress parse_tcp_address(const std::string& text);

/// A listening socket. One thread.
class TcpSocket {
 public:
  /// Throws std::system_error naming the address.
  static TcpSocket listen(const TcpAddress& address);

  int get() const { return fd_.get(); }
  /// The one that was given out for port 0.
  std::uint16_t port() const { return port_; }

 private:
  TcpSocket(util::Fd fd, std::uint16_t port) : fd_(std::move(fd)), port_(port) {}

  util::Fd fd_;
  std::uint16_t port_;
};

}  // namespace taskman::net
