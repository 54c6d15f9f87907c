#pragma once
// The way in by TCP: a loopback socket, and the token that opens it in a file for this user alone.

#include <filesystem>
#include <string>

#include "common/util/random.hpp"
#include "daemon/http/gate.hpp"
#include "daemon/http/server.hpp"
#include "daemon/net/tcp_socket.hpp"

namespace taskman {

/// Owned by the daemon. Made and destroyed while no loop runs.
class TcpDoor {
 public:
  /// Listens on `address` and writes a new token to `token_file`, mode 0600. Throws kUsage for an
  /// address that may not be listened on, kConflict for one that is taken.
  TcpDoor(const std::string& address, std::filesystem::path token_file, util::Random& random);
  /// Takes the token's file away.
  ~TcpDoor();
  TcpDoor(const TcpDoor&) = delete;
  TcpDoor& operator=(const TcpDoor&) = delete;

  void open(http::Server& server);
  std::uint16_t port() const { return socket_.port(); }

 private:
  net::TcpSocket socket_;
  std::filesystem::path token_file_;
  std::string token_;
  http::Gate gate_;
};

}  // namespace taskman
