// Clients that are slow, silent, too many, or gone.

#include <poll.h>
#include <sys/resource.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <vector>

#include "hostile.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

http::Limits impatient() {
  http::Limits limits;
  limits.head_deadline = limits.body_deadline = limits.idle_deadline = milliseconds(50);
  limits.send_deadline = limits.drain_deadline = milliseconds(50);
  return limits;
}

/// Nothing comes on `client` for that long.
bool silent(const HttpClient& client, milliseconds time) {
  pollfd wanted{client.descriptor(), POLLIN, 0};
  return ::poll(&wanted, 1, static_cast<int>(time.count())) == 0;
}

/// While it lives the process can open no further descriptor.
class NoDescriptors {
 public:
  NoDescriptors() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const util::Fd lowest_free(::dup(0));
    rlimit none = before_;
    none.rlim_cur = static_cast<rlim_t>(lowest_free.get());
    ::setrlimit(RLIMIT_NOFILE, &none);
  }
  ~NoDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  NoDescriptors(const NoDescriptors&) = delete;
  NoDescriptors& operator=(const NoDescriptors&) = delete;

 private:
  rlimit before_{};
};

void connect_to(const std::filesystem::path& socket, int fd) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  socket.native().copy(address.sun_path, sizeof(address.sun_path) - 1);
  REQUIRE(::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0);
}

std::string read_all(int fd) {
  std::string text;
  std::array<char, 4096> part{};
  ssize_t count = 0;
  while ((count = ::recv(fd, part.data(), part.size(), 0)) > 0)
    text.append(part.data(), static_cast<std::size_t>(count));
  return text;
}

}  // namespace

TEST_CASE("64 clients that drip do not delay an honest one, and hold no thread", "[hostile]") {
  HttpServer server;
  std::vector<HttpClient> slow;
  for (int i = 0; i < 64; ++i) slow.emplace_back(server.socket());
  HttpClient honest(server.socket());
  const std::string head = "GET /api/v1/health HTTP/1.1\r\nHost: x\r\nX: ";
  std::vector<Clock::duration> times;
  for (const char byte : head) {
    for (HttpClient& client : slow) client.send({&byte, 1});
    const auto start = Clock::now();
    REQUIRE(honest.request({.target = "/api/v1/health"}).status == 200);
    times.push_back(Clock::now() - start);
  }
  std::ranges::sort(times);
  CHECK(times[times.size() / 2] < milliseconds(100));
  CHECK(server.figures().worker_threads <= 3);
}

TEST_CASE("a head that does not come whole in time is answered 408", "[hostile]") {
  HttpServer server(impatient());
  HttpClient client(server.socket());
  client.send("GET /api/v1/hea");
  CHECK(client.read_reply().status == 408);
  CHECK(client.read_to_end().empty());
}

TEST_CASE("a byte now and then does not prolong the deadline", "[hostile]") {
  HttpServer server(impatient());
  HttpClient client(server.socket());
  const auto start = Clock::now();
  std::size_t sent = 0;
  while (silent(client, milliseconds(5)) && sent < 10'000) sent += send_while_taken(client, "a");
  CHECK(client.read_head().status == 408);
  CHECK(Clock::now() - start < std::chrono::seconds(10));
}

TEST_CASE("a body that does not come whole in time is answered 408", "[hostile]") {
  HttpServer server(impatient());
  CHECK(status_of(server,
                  "POST /api/v1/tasks HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc") == 408);
}

TEST_CASE("an idle connection is closed at its deadline, without a word", "[hostile]") {
  HttpServer server(impatient());
  HttpClient fresh(server.socket());
  CHECK(fresh.read_to_end().empty());
  HttpClient used(server.socket());
  CHECK(used.request({.target = "/api/v1/health"}).status == 200);
  CHECK(used.read_to_end().empty());
}

TEST_CASE("a client that does not read its answer is closed", "[hostile]") {
  HttpServer server(impatient());
  HttpClient client(server.socket());
  client.send("GET /api/v1/big HTTP/1.1\r\nHost: x\r\n\r\n");
  server.await([](const auto& figures) { return figures.rejected.contains("slow"); });
  server.await(
      [](const auto& figures) { return figures.connections == 0 && figures.buffered_bytes == 0; });
  CHECK(server.figures().rejected.at("slow") == 1);
}

TEST_CASE("a client that reads slowly but steadily gets all", "[hostile]") {
  HttpServer server;
  HttpClient client(server.socket());
  client.send("GET /api/v1/big HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(client.read_head().status == 200);
  std::size_t bytes = 0;
  while (bytes < 8 * kMiB) bytes += client.read_exactly(64 * 1024).size();
  CHECK(client.request({.target = "/api/v1/health"}).status == 200);
}

TEST_CASE("an answer larger than what all may hold goes out alone", "[hostile]") {
  http::Limits limits;
  limits.answer_bytes = 4 * kMiB;
  HttpServer server(limits);
  HttpClient client(server.socket());
  client.send("GET /api/v1/big HTTP/1.1\r\nHost: x\r\n\r\n");
  server.await([](const auto& figures) { return figures.buffered_bytes > 4 * kMiB; });
  HttpClient second(server.socket());
  second.send("GET /api/v1/big HTTP/1.1\r\nHost: x\r\n\r\n");
  server.await([](const auto& figures) { return figures.rejected.contains("answer_memory"); });
  CHECK(HttpClient(server.socket()).request({.target = "/api/v1/health"}).status == 200);
  CHECK(client.read_reply().body.size() == 8 * kMiB);
}

TEST_CASE("unread answers of all connections together have a limit", "[hostile]") {
  http::Limits limits;
  limits.answer_bytes = 12 * kMiB;
  HttpServer server(limits);
  std::vector<HttpClient> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back(server.socket());
    clients.back().send("GET /api/v1/big HTTP/1.1\r\nHost: x\r\n\r\n");
  }
  server.await([](const auto& figures) { return figures.rejected.contains("answer_memory"); });
  server.await(
      [](const auto& figures) { return figures.in_flight == 0 && figures.connections <= 1; });
  CHECK(server.figures().buffered_bytes <= 12 * kMiB);
}

TEST_CASE("idle connections cost no thread and no wake-up", "[hostile]") {
  HttpServer server;
  std::vector<HttpClient> clients;
  for (int i = 0; i < 200; ++i) {
    clients.emplace_back(server.socket());
    CHECK(clients.back().request({.target = "/api/v1/health"}).status == 200);
  }
  server.await(
      [](const auto& figures) { return figures.connections == 200 && figures.in_flight == 0; });
  server.on_loop([](http::Server&) {});
  CHECK(silent(clients.back(), milliseconds(20)));  // the loop goes to sleep after its last work
  const auto before = server.wakeups();
  CHECK(silent(clients.back(), milliseconds(300)));
  CHECK(server.wakeups() == before);
  CHECK(server.figures().worker_threads <= 3);
}

TEST_CASE("without descriptors a client is told, and the listener lives on", "[hostile]") {
  HttpServer server;
  HttpClient before(server.socket());
  CHECK(before.request({.target = "/api/v1/health"}).status == 200);
  std::vector<util::Fd> sockets;
  for (int i = 0; i < 3; ++i)
    sockets.emplace_back(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  {
    const NoDescriptors none;
    for (const util::Fd& socket : sockets) {
      connect_to(server.socket(), socket.get());
      CHECK_THAT(read_all(socket.get()), StartsWith("HTTP/1.1 503 "));
    }
    CHECK(before.request({.target = "/api/v1/health"}).status == 200);
  }
  CHECK(server.figures().rejected.at("no_descriptors") == 3);
  CHECK(status_of(server, kHealth) == 200);
}

TEST_CASE("connections beyond the limit are told so", "[hostile]") {
  http::Limits limits;
  limits.connections = 2;
  HttpServer server(limits);
  std::vector<HttpClient> kept;
  for (int i = 0; i < 2; ++i) kept.emplace_back(server.socket());
  server.await([](const auto& figures) { return figures.connections == 2; });
  HttpClient third(server.socket());
  CHECK(third.read_reply().status == 503);
  kept.clear();
  server.await([](const auto& figures) { return figures.connections == 0; });
  CHECK(status_of(server, kHealth) == 200);
}

TEST_CASE("a client that goes away while its request is worked on harms nobody", "[hostile]") {
  HttpServer server;
  {
    HttpClient gone(server.socket());
    gone.send("GET /api/v1/held HTTP/1.1\r\nHost: x\r\n\r\n");
    server.await([](const auto& figures) { return figures.in_flight == 1; });
  }
  server.release();
  server.await(
      [](const auto& figures) { return figures.connections == 0 && figures.in_flight == 0; });
  CHECK(status_of(server, kHealth) == 200);
}

}  // namespace taskman::test
