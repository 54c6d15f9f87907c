#pragma once
// Where a benchmark's client connects to.

#include <cstdint>
#include <string>

namespace taskman::bench {

/// A Unix socket's path, or a port of 127.0.0.1.
struct Target {
  std::string unix_path{};
  std::uint16_t port = 0;
  int receive_buffer = 0;  ///< of the client's end, in bytes; 0 leaves it to the kernel
};

std::string name_of(const Target& target);

/// A connected, blocking socket. Throws std::runtime_error when the peer cannot be reached.
int connect_to(const Target& target);

/// A listening socket; port 0 becomes the one that was given.
int listen_on(Target& target);

/// A port nobody listens on at this moment, for programs that must be told one.
std::uint16_t free_port();

}  // namespace taskman::bench
