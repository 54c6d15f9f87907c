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
  /// Listens on `address`. The token is what `token_file` has from the daemon before, so that a
  /// proxy that was given it outlives a restart; else a new one is written there, mode 0600. Throws
  /// kUsage for an address that may not be listened on, kConflict for one that is taken.
  TcpDoor(const std::string& address, const std::filesystem::path& token_file,
          util::Random& random);
  TcpDoor(const TcpDoor&) = delete;
  TcpDoor& operator=(const TcpDoor&) = delete;

  void open(http::Server& server);
  std::uint16_t port() const { return socket_.port(); }

 private:
  net::TcpSocket socket_;
  http::Gate gate_;
};

}  // namespace taskman
