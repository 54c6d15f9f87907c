// Many clients of the built daemon at once, and what each of them may hold: slow ones, idle ones,
// half-open ones, ones that never read.

#include <sys/resource.h>
#include <sys/un.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "http/hostile.hpp"
#include "http/siege.hpp"
#include "support/catch.hpp"
#include "support/sanitizer.hpp"

namespace taskman::test {
namespace {

const std::string kQuestion = "GET /api/v1/tasks/1 HTTP/1.1\r\nHost: x\r\n\r\n";

std::vector<HttpClient> crowd(const Siege& siege, std::size_t count) {
  raise_descriptor_limit();
  std::vector<HttpClient> clients;
  for (std::size_t i = 0; i < count; ++i) clients.push_back(siege.attacker());
  return clients;
}

/// While it lives the process can open no descriptor beyond those it has.
class NoDescriptors {
 public:
  explicit NoDescriptors(pid_t pid) : pid_(pid) {
    int highest = 0;
    const std::string folder = "/proc/" + std::to_string(pid) + "/fd";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      highest = std::max(highest, std::stoi(entry.path().filename()));
    }
    ::prlimit(pid_, RLIMIT_NOFILE, nullptr, &before_);
    rlimit none = before_;
    none.rlim_cur = static_cast<rlim_t>(highest) + 1;
    ::prlimit(pid_, RLIMIT_NOFILE, &none, nullptr);
  }
  ~NoDescriptors() { ::prlimit(pid_, RLIMIT_NOFILE, &before_, nullptr); }
  NoDescriptors(const NoDescriptors&) = delete;
  NoDescriptors& operator=(const NoDescriptors&) = delete;

 private:
  pid_t pid_;
  rlimit before_{};
};

}  // namespace

TEST_CASE("slow clients keep no honest one waiting", "[hostile]") {
  Siege siege;
  const std::size_t count = GENERATE(8, 400);
  INFO(count << " slow clients");
  auto slow = crowd(siege, count);
  siege.withstands([&] {
    for (const char byte : std::string("GET /api/v1/tasks HT")) {
      for (HttpClient& client : slow) client.send({&byte, 1});
    }
  });
  CHECK(siege.status("Threads") < 16);
}

TEST_CASE("clients whose bodies drip keep no honest one waiting", "[hostile]") {
  Siege siege;
  auto slow = crowd(siege, 100);
  siege.withstands([&] {
    for (HttpClient& client : slow) {
      client.send(
          "POST /api/v1/tasks HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
          "Content-Length: 1000000\r\n\r\n{");
    }
    for (int i = 0; i < 20; ++i) {
      for (HttpClient& client : slow) client.send(" ");
    }
  });
  CHECK(siege.status("Threads") < 16);
}

TEST_CASE("a thousand clients that come at once are all answered", "[hostile]") {
  Siege siege;
  std::vector<HttpClient> clients;
  siege.withstands([&] {
    clients = crowd(siege, 1000);
    for (HttpClient& client : clients) client.send(kQuestion);
    for (HttpClient& client : clients) REQUIRE(client.read_reply().status == 200);
  });
  siege.withstands([&] {  // and again, on what they kept open
    for (HttpClient& client : clients) client.send(kQuestion);
    for (HttpClient& client : clients) REQUIRE(client.read_reply().status == 200);
  });
}

TEST_CASE("idle clients cost the daemon no thread and no wake-up", "[hostile]") {
  Siege siege;
  std::vector<HttpClient> clients;
  siege.withstands([&] {
    clients = crowd(siege, 500);
    for (HttpClient& client : clients) {
      client.send(kQuestion);
      REQUIRE(client.read_reply().status == 200);
    }
  });
  CHECK(siege.status("Threads") < 16);
  // Somewhere in these seconds there is a moment in which nothing woke: the 178 wake-ups a second
  // that one such connection once cost would leave none.
  constexpr std::int64_t kOfTheRuntime = 4 * (kThreadsAtStart - 1);
  std::int64_t fewest = INT64_MAX;
  for (int i = 0; i < 20 && fewest > kOfTheRuntime; ++i) {
    const std::int64_t before = siege.context_switches();
    CHECK_THROWS(clients.front().read_line(std::chrono::milliseconds(200)));  // nothing comes
    fewest = std::min(fewest, siege.context_switches() - before);
  }
  CHECK(fewest <= kOfTheRuntime);
}

TEST_CASE("half-open clients get what they asked for, or why not", "[hostile]") {
  Siege siege;
  siege.withstands([&] {
    auto clients = crowd(siege, 100);
    for (HttpClient& client : clients) {
      client.send(kQuestion);
      client.half_close();
    }
    for (HttpClient& client : clients) {
      CHECK(client.read_reply().status == 200);
      CHECK(client.read_to_end().empty());
    }
  });
  siege.withstands([&] {
    auto clients = crowd(siege, 100);
    for (HttpClient& client : clients) {
      client.send("GET /api/v1/tasks HTTP/1.1\r\nHos");
      client.half_close();
    }
    for (HttpClient& client : clients) CHECK(client.read_reply().status == 400);
  });
}

TEST_CASE("clients that are gone before their answer leave nothing behind", "[hostile]") {
  Siege siege;
  siege.withstands([&] {
    for (int i = 0; i < 500; ++i) {
      HttpClient client = siege.attacker();
      client.send(kQuestion + kQuestion + "GET /api/v1/ta");
    }
  });
  const std::int64_t mine = 1;  // the connection that asks
  std::int64_t open = 0;
  for (int i = 0; i < 1000 && (open = siege.metric("taskman_http_connections")) > mine; ++i) {
  }
  CHECK(open == mine);
}

TEST_CASE("large answers that nobody reads are few, and the next are told to come again",
          "[hostile]") {
  constexpr std::int64_t kUnread = 32 * kMiB;
  constexpr std::int64_t kOne = 2 * kMiB;
  Siege siege;
  std::string lines;
  for (int i = 0; i < 3000; ++i)
    lines += R"({"title":"a task that is listed","body":")" + std::string(400, 'b') + "\"}\n";
  REQUIRE(siege.daemon()
              .http({.method = "POST",
                     .target = "/api/v1/import",
                     .headers = {{"Content-Type", "application/x-ndjson"}},
                     .body = lines})
              .status == 200);
  auto clients = crowd(siege, 100);
  siege.withstands(
      [&] {
        for (HttpClient& client : clients) {
          for (int i = 0; i < (kSanitized ? 1 : 4); ++i)
            client.send("GET /api/v1/tasks?limit=all HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        siege.await_only_one_in_flight();
      },
      kUnread + 8 * kOne);  // and what it takes to make one of them
  CHECK(siege.metric("taskman_http_buffered_bytes") <= kUnread + kOne);
  CHECK(siege.status("Threads") < 16);
  int told = 0;
  for (HttpClient& client : clients) {
    const HttpReply reply = client.read_reply();
    CHECK((reply.status == 200 || reply.status == 503));
    if (reply.status == 503) CHECK(reply.header("Retry-After") == "1");
    told += reply.status == 503 ? 1 : 0;
  }
  CHECK(told > 50);
  clients.clear();
  int status = 0;
  for (int i = 0; i < 1000 && status != 200; ++i)
    status = siege.attacker().request({.target = "/api/v1/tasks?limit=all"}).status;
  CHECK(status == 200);
}

TEST_CASE("streams that nobody reads cost the daemon nothing", "[hostile]") {
  Siege siege;
  auto clients = crowd(siege, 100);
  for (HttpClient& client : clients) {
    client.send("GET /api/v1/events HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n");
    CHECK(client.read_line() == "HTTP/1.1 200 OK");
  }
  siege.withstands([&] {
    HttpClient writer = siege.attacker();
    for (int i = 0; i < 200; ++i) {
      const std::string body =
          R"({"body":")" + std::string(10'000, static_cast<char>('a' + i % 26)) + "\"}";
      REQUIRE(writer
                  .request({.method = "PATCH",
                            .target = "/api/v1/tasks/1",
                            .headers = {{"Content-Type", "application/json"}},
                            .body = body})
                  .status == 200);
    }
  });
}

TEST_CASE("a daemon without descriptors says so, and takes clients again", "[hostile]") {
  Siege siege;
  HttpClient kept = siege.attacker();
  CHECK(kept.request({.target = "/api/v1/tasks/1"}).status == 200);
  {
    const NoDescriptors none(siege.daemon().pid());
    std::vector<HttpClient> clients;  // they fill what gaps there are between its descriptors
    std::size_t refused = 0;
    for (int i = 0; i < 20 && refused < 3; ++i) {
      clients.push_back(siege.attacker());
      send_while_taken(clients.back(), kQuestion);
      const int status = clients.back().read_reply().status;
      CHECK((status == 200 || status == 503));
      refused += status == 503 ? 1 : 0;
      CHECK(kept.request({.target = "/api/v1/tasks/1"}).status == 200);
    }
    CHECK(refused == 3);
  }
  siege.withstands([] {});
}

}  // namespace taskman::test
