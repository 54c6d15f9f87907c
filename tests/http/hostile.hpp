#pragma once
// What the hostile tests share: bytes as they are, and what they cost the server.

#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>

#include "http_server.hpp"
#include "support/http_client.hpp"

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

// Sanitizers keep freed memory and slow everything down: there figures tell nothing.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif
#else
inline constexpr bool kSanitized = false;
#endif

/// How much this process grew since it was made.
class Growth {
 public:
  Growth() : before_(resident()) {}

  std::int64_t bytes() const { return kSanitized ? 0 : resident() - before_; }

 private:
  static std::int64_t resident() {
    std::int64_t size = 0;
    std::int64_t pages = 0;
    std::ifstream("/proc/self/statm") >> size >> pages;
    return pages * ::sysconf(_SC_PAGESIZE);
  }

  std::int64_t before_;
};

}  // namespace taskman::test
