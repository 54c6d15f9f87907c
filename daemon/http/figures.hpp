#pragma once
// What the HTTP layer counts, as /metrics shows it.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace taskman::http {

/// Requests of one route with one status.
struct RequestFigures {
  std::string method;
  std::string path;  ///< template; empty when no route matched
  int status = 0;
  std::uint64_t count = 0;
  double seconds = 0;  ///< in handlers, together
};

/// A snapshot.
struct Figures {
  std::vector<RequestFigures> requests;
  std::map<std::string, std::uint64_t> rejected;  ///< reason → connections or requests
  std::uint64_t accepted = 0;
  std::uint64_t connections = 0;  ///< open now
  std::uint64_t in_flight = 0;    ///< requests with a worker now
  std::uint64_t handed_over = 0;  ///< streams given to the feed
  std::uint64_t bytes_received = 0;
  std::uint64_t bytes_sent = 0;
  std::uint64_t buffered_bytes = 0;
  std::uint64_t worker_threads = 0;
};

}  // namespace taskman::http
