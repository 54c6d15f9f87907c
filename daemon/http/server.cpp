#include "daemon/http/server.hpp"

#include <sys/socket.h>

#include <utility>

namespace taskman::http {

Identify same_user(uid_t owner) {
  return [owner](int fd) -> std::optional<Peer> {
    ucred credentials{};
    socklen_t size = sizeof(credentials);
    if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &size) < 0) return std::nullopt;
    if (credentials.uid != owner && credentials.uid != 0) return std::nullopt;
    return Peer{.uid = credentials.uid, .pid = credentials.pid};
  };
}

Server::Server(ServerParts parts)
    : parts_(std::move(parts)),
      budgets_(parts_.limits),
      pool_(std::make_unique<WorkerPool>(parts_.workers)),
      large_pool_(std::make_unique<WorkerPool>(WorkerPoolOptions{.max_threads = 1, .running = 1})),
      host_(new ConnectionHost{.loop = parts_.loop,
                               .limits = parts_.limits,
                               .budgets = budgets_,
                               .router = parts_.router,
                               .writer = parts_.writer,
                               .pool = *pool_,
                               .large_pool = *large_pool_,
                               .traffic = traffic_,
                               .sink = parts_.sink,
                               .polls = parts_.polls,
                               .closed = [this](Connection& connection) { forget(connection); },
                               .queued = [this] { watch_queue(); }}) {}

Server::~Server() {
  listeners_.clear();
  parts_.loop.cancel(drain_timer_);
  parts_.loop.cancel(nudge_timer_);
  host_->draining = true;
  pool_.reset();  // no worker has a connection after this
  large_pool_.reset();
  drained_ = nullptr;
  for (const auto& connection : all()) connection->abort();
}

void Server::listen(int fd, Identify identify) {
  listeners_.push_back(std::make_unique<Listener>(
      ListenerParts{.loop = parts_.loop,
                    .fd = fd,
                    .accepted = [this, identify = std::move(identify)](
                                    util::Fd client) { accept(std::move(client), identify); },
                    .shed = [this](util::Fd client) { shed(std::move(client), "no_descriptors"); },
                    .log = parts_.log}));
}

void Server::listen_instead(int fd, Identify identify) {
  listeners_.clear();
  listen(fd, std::move(identify));
}

void Server::accept(util::Fd fd, const Identify& identify) {
  traffic_.accepted.fetch_add(1, std::memory_order_relaxed);
  const auto peer = identify(fd.get());
  if (!peer) return traffic_.reject("peer");
  if (connections_.size() >= parts_.limits.connections) return shed(std::move(fd), "full");
  if (peer->gate != nullptr && traffic_.strangers >= parts_.limits.strangers)
    return shed(std::move(fd), "strangers");
  const auto connection = std::make_shared<Connection>(*host_, std::move(fd), *peer);
  connections_.emplace(connection.get(), connection);
  traffic_.connections = connections_.size();
  try {
    connection->start();
  } catch (const std::exception&) {  // no memory or no epoll watches: as if it had not come
    traffic_.reject("failure");
    connection->abort();
  }
}

/// The one answer that waits for nothing: the client learns why, and to come again.
void Server::shed(util::Fd fd, std::string_view reason) {
  traffic_.reject(reason);
  const Reply reply = parts_.router.refuse(
      {error::Code::kOverloaded, "too many connections", "try again in a moment"});
  const std::string text = parts_.writer.write_head(reply, Persistence::kClose) + reply.body;
  ::send(fd.get(), text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  ::shutdown(fd.get(), SHUT_WR);
}

void Server::forget(Connection& connection) {
  connections_.erase(&connection);
  traffic_.connections = connections_.size();
  if (host_->draining && connections_.empty()) end_drain();
}

void Server::drain(std::chrono::milliseconds deadline, std::function<void()> done) {
  drained_ = std::move(done);
  listeners_.clear();
  host_->draining = true;
  for (const auto& connection : all()) connection->drain();
  if (connections_.empty()) return end_drain();
  drain_timer_ = parts_.loop.call_after(deadline, [this] {
    for (const auto& connection : all()) connection->abort();
    end_drain();
  });
}

void Server::end_drain() {
  parts_.loop.cancel(drain_timer_);
  if (const auto done = std::exchange(drained_, nullptr)) done();
}

/// While requests wait for a worker somebody has to notice when no worker comes.
void Server::watch_queue() {
  if (nudge_timer_.number != 0) return;
  nudge_timer_ = parts_.loop.call_after(WorkerPool::kPatience, [this] {
    nudge_timer_ = {};
    if (pool_->nudge()) watch_queue();
  });
}

std::vector<std::shared_ptr<Connection>> Server::all() const {
  std::vector<std::shared_ptr<Connection>> connections;
  for (const auto& entry : connections_) connections.push_back(entry.second);
  return connections;
}

Figures Server::figures() const {
  return {.requests = parts_.router.figures(),
          .rejected = traffic_.rejected.with([](const auto& counts) { return counts; }),
          .accepted = traffic_.accepted,
          .connections = traffic_.connections,
          .in_flight = traffic_.in_flight,
          .handed_over = traffic_.handed_over,
          .bytes_received = traffic_.received,
          .bytes_sent = traffic_.sent,
          .buffered_bytes = budgets_.used(),
          .worker_threads = pool_->threads() + large_pool_->threads()};
}

}  // namespace taskman::http
