#pragma once
// The HTTP layer alone: a server on a private Unix socket with routes that need no store.

#include <chrono>
#include <filesystem>
#include <functional>
#include <future>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "common/time/clock.hpp"
#include "common/util/guarded.hpp"
#include "daemon/http/server.hpp"
#include "daemon/net/unix_socket.hpp"
#include "support/counting_random.hpp"
#include "support/temp_dir.hpp"

namespace taskman::test {

/// GET /api/v1/health, POST /api/v1/tasks (echo), GET and DELETE /api/v1/tasks/{id}, POST
/// /api/v1/import (large NDJSON bodies), GET /api/v1/big (8 MiB), GET /api/v1/held (answers when
/// release() was called), GET /api/v1/events (a stream), GET /api/v1/broken (throws). Runs its own
/// loop thread.
class HttpServer {
 public:
  explicit HttpServer(const http::Limits& limits = {});
  ~HttpServer();

  std::filesystem::path socket() const { return folder_ / "test.sock"; }
  http::Figures figures() const { return server_->figures(); }
  std::uint64_t wakeups() const { return loop_.wakeups(); }

  /// Runs `work` on the loop's thread and waits for it.
  void on_loop(const std::function<void(http::Server&)>& work);
  /// Waits until `figures` fulfil it.
  void await(const std::function<bool(const http::Figures&)>& fulfilled) const;

  void release() { release_.set_value(); }
  /// Bodies that reached the echo, in order.
  std::vector<std::string> echoed() const;
  std::vector<std::string> logged() const;
  /// Streams handed over; the sockets stay open here.
  std::size_t streams() const;
  void send_to_stream(std::size_t number, const std::string& text);

 private:
  http::Reply call(const http::Route& route, const http::Request& request);

  TempDir folder_;
  CountingRandom random_;
  time::SystemClock clock_;
  net::EventLoop loop_;
  net::UnixSocket listening_;
  std::promise<void> release_;
  std::shared_future<void> released_{release_.get_future()};
  util::Guarded<std::vector<std::string>> echoed_;
  util::Guarded<std::vector<std::string>> logged_;
  util::Guarded<std::vector<http::StreamStart>> streams_;
  std::map<std::string, std::function<http::Reply(const http::Request&)>, std::less<>> handlers_;
  std::optional<http::Router> router_;
  std::optional<http::AnswerWriter> writer_;
  std::optional<http::Server> server_;
  std::thread thread_;
};

}  // namespace taskman::test
