#pragma once
// From a complete message to a reply: finds the route, runs its handler, turns whatever is thrown
// into a problem.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/util/guarded.hpp"
#include "common/util/log.hpp"
#include "common/util/random.hpp"
#include "daemon/http/figures.hpp"
#include "daemon/http/message_reader.hpp"
#include "daemon/http/parser.hpp"
#include "daemon/http/path_table.hpp"
#include "daemon/http/request.hpp"
#include "daemon/http/route.hpp"

namespace taskman::http {

struct RouterParts {
  std::vector<Route> routes;
  /// Runs the route's handler; the composition root binds the services.
  std::function<Reply(const Route& route, const Request& request)> call;
  util::Random& random;
  util::Log log;
};

/// Owned by the composition root, used by all workers; thread-safe, constant but for its figures.
/// Holds the only try/catch of a request.
class Router {
 public:
  explicit Router(RouterParts parts);

  /// Never throws.
  Reply answer(Message message, const Peer& peer) const;

  /// The reply to a request that was refused before it was complete. Never throws.
  Reply refuse(const Refusal& refusal) const;

  std::vector<RequestFigures> figures() const;

 private:
  struct Match {
    const Route* route = nullptr;
    std::size_t number = 0;
  };
  using Clock = std::chrono::steady_clock;
  using Key = std::pair<const Route*, int>;  ///< route (null: none matched) and status

  Reply guarded(const std::string& id, const std::function<Reply()>& work) const;
  Reply run(const Route& route, const Request& request) const;
  Reply run_again(const Route& route, Request request) const;
  Reply handle(Message message, const Peer& peer, const std::string& id, const Route*& route) const;
  Match match(const std::vector<std::size_t>& found, std::string_view method) const;
  Reply without_route(const Head& head, const std::vector<std::size_t>& found,
                      const std::string& id) const;
  std::string allowed(const std::vector<std::size_t>& found) const;
  Reply problem(const error::Error& failure, const std::string& id) const;
  void log_failure(const std::string& id, std::string_view what) const;
  std::string next_id() const;

  RouterParts parts_;
  RequestParser parser_;
  PathTable paths_;
  std::string id_prefix_;
  mutable std::atomic<std::uint64_t> last_id_{0};
  struct Sum {
    std::uint64_t count = 0;
    Clock::duration time{};
  };
  mutable util::Guarded<std::map<Key, Sum>> sums_;
};

}  // namespace taskman::http
