#pragma once
// The HTTP side of the daemon: listeners, connections, workers.

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

#include "daemon/http/connection.hpp"
#include "daemon/http/figures.hpp"
#include "daemon/http/listener.hpp"

namespace taskman::http {

struct ServerParts {
  net::EventLoop& loop;
  const Router& router;
  const AnswerWriter& writer;
  StreamSink sink;  ///< takes the sockets that become readers of the feed
  PollSink polls{};
  Limits limits{};
  WorkerPoolOptions workers{};
  util::Log log{};
};

/// Who is at the other end of a socket; none when they may not talk to us.
using Identify = std::function<std::optional<Peer>(int fd)>;

/// The peer of a Unix socket by SO_PEERCRED: `owner` and root are let in.
Identify same_user(uid_t owner);

/// Owned by the composition root. All on the loop's thread, or while the loop does not run;
/// figures() on any. Destroy it after the loop ended: it waits for the workers.
class Server {
 public:
  explicit Server(ServerParts parts);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Accepts on a listening, non-blocking socket, which stays the caller's.
  void listen(int fd, Identify identify);

  /// The same instead of the sockets before; what waits on those is taken in.
  void listen_instead(int fd, Identify identify);

  /// Stops accepting, ends idle connections, lets the others finish until `deadline`; then calls
  /// `done`.
  void drain(std::chrono::milliseconds deadline, std::function<void()> done);

  Figures figures() const;

 private:
  void accept(util::Fd fd, const Identify& identify);
  void shed(util::Fd fd, std::string_view reason);
  void forget(Connection& connection);
  std::vector<std::shared_ptr<Connection>> all() const;
  void end_drain();
  void watch_queue();

  ServerParts parts_;
  Budgets budgets_;
  Traffic traffic_;
  std::unordered_map<const Connection*, std::shared_ptr<Connection>> connections_;
  std::vector<std::unique_ptr<Listener>> listeners_;
  std::function<void()> drained_;
  net::EventLoop::Timer drain_timer_;
  net::EventLoop::Timer nudge_timer_;
  std::unique_ptr<WorkerPool> pool_;
  std::unique_ptr<WorkerPool> large_pool_;
  std::unique_ptr<ConnectionHost> host_;
};

}  // namespace taskman::http
