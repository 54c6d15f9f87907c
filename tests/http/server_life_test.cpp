// Start and end: sockets that are taken, requests in flight, threads and timers.

#include <sys/stat.h>

#include <condition_variable>
#include <fstream>
#include <mutex>
#include <system_error>

#include "daemon/http/worker_pool.hpp"
#include "hostile.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

/// Work that waits until it is let go; says so to the pool or not.
class Gate {
 public:
  std::shared_ptr<http::Work> work(bool says_so) {
    return std::make_shared<Waiter>(*this, says_so);
  }
  void await_inside(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return inside_ >= count; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  int inside() {
    const std::lock_guard lock(mutex_);
    return inside_;
  }

 private:
  struct Waiter final : http::Work {
    Waiter(Gate& g, bool s) : gate(g), says_so(s) {}
    void run() override {
      std::optional<util::Blocking> waiting;
      if (says_so) waiting.emplace();
      gate.pass();
    }
    Gate& gate;
    bool says_so;
  };
  void pass() {
    std::unique_lock lock(mutex_);
    ++inside_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return open_; });
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  int inside_ = 0;
  bool open_ = false;
};

/// Opens when it goes, before the pool that is joined: a failed check must not hang.
struct Opener {
  Gate& gate;
  ~Opener() { gate.open(); }
};

void await(const std::function<bool()>& fulfilled) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!fulfilled()) {
    REQUIRE(std::chrono::steady_clock::now() < until);
    std::this_thread::yield();
  }
}

}  // namespace

TEST_CASE("the socket's file is for its owner alone") {
  const TempDir folder;
  net::UnixSocket socket = net::UnixSocket::listen(folder / "s");
  struct stat facts {};
  REQUIRE(::lstat((folder / "s").c_str(), &facts) == 0);
  CHECK((facts.st_mode & 07777) == 0600);
  socket.close();
  CHECK_FALSE(std::filesystem::exists(folder / "s"));
}

TEST_CASE("a socket somebody listens on is not taken, one left behind is") {
  const TempDir folder;
  const net::UnixSocket first = net::UnixSocket::listen(folder / "s");
  CHECK_THROWS_AS(net::UnixSocket::listen(folder / "s"), std::system_error);
  ::close(::dup(first.get()));
  {
    const net::UnixSocket abandoned =
        net::UnixSocket::listen(folder / "t");  // the file stays without close()
  }
  CHECK(std::filesystem::exists(folder / "t"));
  CHECK_NOTHROW(net::UnixSocket::listen(folder / "t"));
}

TEST_CASE("closing removes only the file it made, and a file that is no socket is not taken") {
  const TempDir folder;
  net::UnixSocket first = net::UnixSocket::listen(folder / "s");
  std::filesystem::remove(folder / "s");
  const net::UnixSocket second = net::UnixSocket::listen(folder / "s");
  first.close();
  CHECK(std::filesystem::exists(folder / "s"));
  std::ofstream(folder / "f") << "text";
  CHECK_THROWS_AS(net::UnixSocket::listen(folder / "f"), std::system_error);
  CHECK(std::filesystem::exists(folder / "f"));
  CHECK_THROWS_AS(net::UnixSocket::listen(folder / std::string(200, 'a')), std::system_error);
}

TEST_CASE("a drain finishes what is in flight, then nothing is left") {
  HttpServer server;
  HttpClient idle(server.socket());
  CHECK(idle.request({.target = "/api/v1/health"}).status == 200);
  HttpClient busy(server.socket());
  busy.send("GET /api/v1/held HTTP/1.1\r\nHost: x\r\n\r\n");
  server.await([](const auto& figures) { return figures.in_flight == 1; });
  std::promise<void> drained;
  server.on_loop([&](http::Server& http) {
    http.drain(std::chrono::seconds(20), [&] { drained.set_value(); });
  });
  CHECK(idle.read_to_end().empty());
  server.release();
  const HttpReply reply = busy.read_reply();
  CHECK(reply.body == "released");
  CHECK(reply.header("Connection") == "close");
  CHECK(busy.read_to_end().empty());
  drained.get_future().wait();
  CHECK(server.figures().connections == 0);
}

TEST_CASE("a drain answers who had connected, and ends at its deadline") {
  HttpServer server;
  HttpClient stuck(server.socket());
  stuck.send("GET /api/v1/hea");
  server.await([](const auto& figures) { return figures.bytes_received == 15; });
  HttpClient late(server.socket());
  late.send(kHealth);
  std::promise<void> drained;
  server.on_loop([&](http::Server& http) {
    http.drain(std::chrono::milliseconds(100), [&] { drained.set_value(); });
  });
  CHECK(late.read_reply().status == 200);
  CHECK(stuck.read_to_end().empty());
  drained.get_future().wait();
}

TEST_CASE("work that waits and says so makes room at once") {
  Gate gate;  // outlives the threads
  http::WorkerPool pool({.max_threads = 8, .running = 1});
  const Opener opener{gate};
  for (int i = 0; i < 8; ++i) pool.submit(gate.work(true));
  gate.await_inside(8);
  CHECK(pool.threads() == 8);
}

TEST_CASE("work that waits without saying so makes room when nudged, never beyond the limit") {
  Gate gate;  // outlives the threads
  http::WorkerPool pool({.max_threads = 3, .running = 1});
  const Opener opener{gate};
  pool.submit(gate.work(false));
  gate.await_inside(1);
  for (int i = 0; i < 4; ++i) pool.submit(gate.work(false));
  CHECK(gate.inside() == 1);
  for (std::size_t inside = 2; inside <= 3; ++inside) {
    await([&] { return pool.nudge() && pool.threads() == inside; });
    gate.await_inside(static_cast<int>(inside));
  }
  for (int i = 0; i < 5; ++i) pool.nudge();
  CHECK(pool.threads() == 3);
}

TEST_CASE("idle threads end, but for one") {
  Gate gate;  // outlives the threads
  http::WorkerPool pool({.max_threads = 8, .running = 1, .linger = std::chrono::milliseconds(20)});
  const Opener opener{gate};
  for (int i = 0; i < 8; ++i) pool.submit(gate.work(true));
  gate.await_inside(8);
  gate.open();
  await([&] { return pool.threads() == 1; });
}

TEST_CASE("requests whose handlers wait do not stop the others") {
  HttpServer server;
  std::vector<HttpClient> held;
  for (int i = 0; i < 16; ++i) {
    held.emplace_back(server.socket());
    held.back().send("GET /api/v1/held HTTP/1.1\r\nHost: x\r\n\r\n");
  }
  CHECK(status_of(server, kHealth) == 200);
  server.release();
  for (HttpClient& client : held) CHECK(client.read_reply().body == "released");
}

}  // namespace taskman::test
