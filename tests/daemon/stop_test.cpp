// How the daemon ends: in time, with everybody told, nothing left behind.

#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "own_daemon.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto kEndsWithin = 5s;

HttpClient open_stream(const fs::path& socket, const std::string& accept) {
  HttpClient client(socket);
  client.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: " + accept + "\r\n\r\n");
  REQUIRE(client.read_head().status == 200);
  return client;
}

}  // namespace

TEST_CASE("TERM and INT end the daemon, the socket goes, the log is merged") {
  DaemonFolder folder;
  Process daemon(folder.command());
  REQUIRE(daemon.read_line() == "ready");
  REQUIRE(folder.http(new_task("a")).status == 201);
  daemon.signal(GENERATE(SIGTERM, SIGINT));
  CHECK(daemon.wait(kEndsWithin).exit_code == 0);
  CHECK_FALSE(fs::exists(folder / "d.sock"));
  CHECK_FALSE(fs::exists(folder / "d.db-wal"));
}

TEST_CASE("readers get bye, idle connections are closed, half a request does not hold up the end") {
  DaemonFolder folder;
  Process daemon(folder.command());
  REQUIRE(daemon.read_line() == "ready");
  HttpClient sse = open_stream(folder / "d.sock", "text/event-stream");
  HttpClient ndjson = open_stream(folder / "d.sock", "application/x-ndjson");
  HttpClient idle(folder / "d.sock");
  REQUIRE(idle.request({.target = "/api/v1/health"}).status == 200);
  HttpClient half(folder / "d.sock");
  half.send("POST /api/v1/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{");
  daemon.signal(SIGTERM);
  CHECK(daemon.wait(kEndsWithin).exit_code == 0);
  CHECK_THAT(sse.read_to_end(), ContainsSubstring("event: bye\n"));
  CHECK_THAT(ndjson.read_to_end(), EndsWith("\n"));
  CHECK(idle.read_to_end().empty());
}

TEST_CASE("every write that was answered before the end is there after it") {
  DaemonFolder folder;
  Process daemon(folder.command());
  REQUIRE(daemon.read_line() == "ready");
  std::vector<std::thread> writers;
  std::atomic<int> answered{0};
  for (int i = 0; i < 8; ++i) {
    writers.emplace_back([&] {
      try {
        HttpClient client(folder / "d.sock");
        while (client.request(new_task("t")).status == 201) ++answered;
      } catch (const std::exception&) {
        // The daemon is gone.
      }
    });
  }
  while (answered < 100) std::this_thread::yield();
  daemon.signal(SIGTERM);
  CHECK(daemon.wait(kEndsWithin).exit_code == 0);
  for (auto& writer : writers) writer.join();
  Process again(folder.command());
  REQUIRE(again.read_line() == "ready");
  const HttpReply last = folder.http({.target = "/api/v1/tasks?limit=1"});
  const std::string total = "\"total\":";
  const auto at = last.body.find(total);
  REQUIRE(at != std::string::npos);
  CHECK(std::stoi(last.body.substr(at + total.size())) >= answered.load());
}

TEST_CASE("a request asks the daemon to end") {
  DaemonFolder folder;
  Process daemon(folder.command());
  REQUIRE(daemon.read_line() == "ready");
  const HttpReply reply = folder.http({.method = "POST",
                                       .target = "/api/v1/shutdown",
                                       .headers = {{"Content-Type", "application/json"}},
                                       .body = "{}"});
  CHECK(reply.status < 300);
  CHECK(daemon.wait(kEndsWithin).exit_code == 0);
}

TEST_CASE("a socket that is no longer its own stays where it is") {
  DaemonFolder folder;
  Process daemon(folder.command());
  REQUIRE(daemon.read_line() == "ready");
  // Its name is never free: to a socket that was only removed the daemon listens anew.
  std::ofstream(folder / "other") << "somebody else's";
  fs::rename(folder / "other", folder / "d.sock");
  daemon.signal(SIGTERM);
  CHECK(daemon.wait(kEndsWithin).exit_code == 0);
  CHECK(fs::exists(folder / "d.sock"));
}

TEST_CASE("HUP opens the log anew and reads the log level again") {
  DaemonFolder folder;
  Command command = folder.command();
  command.environment["TASKMAN_CONFIG"] = (folder / "config.toml").string();
  std::ofstream(folder / "config.toml") << "[daemon]\nlog_level = \"error\"\n";
  Process daemon(command);
  REQUIRE(daemon.read_line() == "ready");
  fs::rename(folder / "d.log", folder / "old.log");
  CHECK(folder.log("old").empty());
  std::ofstream(folder / "config.toml") << "[daemon]\nlog_level = \"info\"\n";
  daemon.signal(SIGHUP);
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (folder.log().empty() && std::chrono::steady_clock::now() < until)
    std::this_thread::yield();
  CHECK_THAT(folder.log(), ContainsSubstring("settings read again"));
}

TEST_CASE("a daemon that nobody needs ends by itself when told so") {
  DaemonFolder folder;
  Process daemon(folder.command("d", {"--idle-exit", "100ms"}));
  REQUIRE(daemon.read_line() == "ready");
  CHECK(daemon.wait().exit_code == 0);
  CHECK_FALSE(fs::exists(folder / "d.sock"));
}

}  // namespace taskman::test
