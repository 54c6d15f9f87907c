#pragma once
// What a connection may cost before anyone has looked at what it wants.

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace taskman::http {

/// A path whose body may be larger than the rest's.
struct BodyLimit {
  std::string path;
  std::size_t bytes = 0;
};

/// Constant after start. Deadlines are absolute: a byte now and then prolongs none of them.
struct Limits {
  std::size_t head_bytes = 32 * 1024;
  std::size_t headers = 100;
  std::size_t target_bytes = 8 * 1024;
  std::size_t path_bytes = 1024;
  std::size_t body_bytes = 1024 * 1024;
  std::vector<BodyLimit> larger_bodies{};
  /// Of all connections together: requests, bodies larger than `body_bytes`, answers.
  std::size_t buffered_bytes = 64 * 1024 * 1024;
  std::size_t large_bytes = 128 * 1024 * 1024;
  std::size_t answer_bytes = 64 * 1024 * 1024;
  std::size_t connections = 4096;  ///< without handed-over streams
  /// Of these, behind a gate that nobody has passed on them yet: whoever has no token leaves room.
  std::size_t strangers = 1024;
  std::size_t drained_bytes = 1024 * 1024;  ///< read and dropped after an early error

  std::chrono::milliseconds head_deadline{3'000};   ///< first byte to complete head
  std::chrono::milliseconds body_deadline{30'000};  ///< complete head to complete body
  std::chrono::milliseconds idle_deadline{60'000};  ///< between requests; strangers: head_deadline
  std::chrono::milliseconds send_deadline{30'000};  ///< an answer without any progress
  std::chrono::milliseconds drain_deadline{2'000};

  /// The most bytes a body to `path` may have.
  std::size_t body_limit(std::string_view path) const {
    for (const BodyLimit& exception : larger_bodies) {
      if (exception.path == path) return exception.bytes;
    }
    return body_bytes;
  }
};

}  // namespace taskman::http
