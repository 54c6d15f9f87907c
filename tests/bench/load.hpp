#pragma once
// A closed-loop HTTP load generator: N keep-alive connections on one epoll thread, each with one
// request in flight. It shares no code with the product's client.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "target.hpp"

namespace taskman::bench {

struct Load {
  Target target;
  int connections = 1;
  int requests = 1000;                             ///< in all
  std::function<std::string(int number)> request;  ///< the bytes of the request with that number
};

struct Outcome {
  double per_second = 0;
  double p50_ms = 0;
  double p99_ms = 0;
  int failures = 0;  ///< answers other than 2xx and 304
};

/// Throws std::runtime_error when the peer cannot be reached or breaks off.
Outcome run_load(const Load& load);

/// The bytes of a JSON request; `headers` are complete lines.
std::string json_request(const std::string& method, const std::string& path,
                         const std::string& body, const std::string& headers = {});

/// Imports that many tasks with priorities, labels, points and due dates. Throws unless all are
/// created.
void add_tasks(const Target& target, int count);

/// One exchange on a connection of its own: the answer's body.
std::string exchange(const Target& target, const std::string& request);

}  // namespace taskman::bench
