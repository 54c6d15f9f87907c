#pragma once
// What the hostile tests share: bytes as they are, and what they cost the server.

#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "http_server.hpp"
#include "support/http_client.hpp"
#include "support/memory.hpp"

namespace taskman::test {

inline constexpr std::int64_t kMiB = 1024 * 1024;
inline constexpr std::string_view kHealth = "GET /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n";

/// Sends until all is sent or the server closed; how many bytes it took.
inline std::size_t send_while_taken(HttpClient& client, std::string_view bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const ssize_t count =
        ::send(client.descriptor(), bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (count < 0) break;
    sent += static_cast<std::size_t>(count);
  }
  return sent;
}

/// Sends `text` again and again, to `total` bytes or until the server closed.
inline std::size_t flood(HttpClient& client, std::string_view text, std::size_t total) {
  std::size_t sent = 0;
  while (sent < total) {
    const std::size_t count = send_while_taken(client, text);
    sent += count;
    if (count < text.size()) break;
  }
  return sent;
}

/// The status of the answer to `text`, on a connection of its own.
inline int status_of(const HttpServer& server, std::string_view text) {
  HttpClient client(server.socket());
  send_while_taken(client, text);
  return client.read_head().status;
}

/// How much this process grew since it was made.
class Growth {
 public:
  Growth() : before_(held_bytes()) {}

  std::int64_t bytes() const { return held_bytes() - before_; }

 private:
  std::int64_t before_;
};

}  // namespace taskman::test
