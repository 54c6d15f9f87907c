// A daemon that is killed at the very moment somebody hears of a change: what was heard is there
// afterwards, and whoever heard it goes on from it.

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "common/wire/fields.hpp"
#include "common/wire/json.hpp"
#include "common/wire/log.hpp"
#include "support/catch.hpp"
#include "support/daemon_fixture.hpp"
#include "support/http_client.hpp"

namespace taskman::test {
namespace {

constexpr int kKills = 20;

/// Adds tasks until the daemon is gone.
void write_on(const std::filesystem::path& socket) {
  try {
    HttpClient client(socket);
    for (;;) {
      client.request({.method = "POST",
                      .target = "/api/v1/tasks",
                      .headers = {{"Content-Type", "application/json"}},
                      .body = R"({"title":"a"})"});
    }
  } catch (const std::exception&) {
    // That was the kill.
  }
}

/// Asks where the log ends until the daemon is gone, and remembers every answer.
void ask_on(const std::filesystem::path& socket, std::vector<std::string>& told) {
  try {
    HttpClient client(socket);
    for (;;) {
      const auto cursor = client.request({.target = "/api/v1/health"}).header("Taskman-Cursor");
      if (told.empty() || told.back() != cursor) told.push_back(cursor);
    }
  } catch (const std::exception&) {
    // That was the kill.
  }
}

/// Everybody else: they write and ask until the daemon is killed under them.
class Others {
 public:
  explicit Others(DaemonFixture& daemon) : daemon_(daemon) {
    for (int i = 0; i < 4; ++i) threads_.emplace_back(write_on, daemon.socket());
    threads_.emplace_back(ask_on, daemon.socket(), std::ref(told_));
  }
  ~Others() {
    if (!threads_.empty()) kill();
  }
  Others(const Others&) = delete;
  Others& operator=(const Others&) = delete;

  void kill() {
    daemon_.kill();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
  }
  /// The cursors that were heard.
  const std::vector<std::string>& told() const { return told_; }

 private:
  DaemonFixture& daemon_;
  std::vector<std::string> told_;
  std::vector<std::thread> threads_;
};

/// A stream's reader that resumes where it was.
class Reader {
 public:
  /// Connects, takes `count` changes, then whatever is still in the socket after `kill`.
  template <typename Kill>
  void live(const DaemonFixture& daemon, std::size_t count, const Kill& kill) {
    HttpClient client = daemon.connect();
    client.send("GET /events?since=" + cursor_ +
                " HTTP/1.1\r\nHost: x\r\nAccept: application/x-ndjson\r\n\r\n");
    REQUIRE(client.read_head().status == 200);
    for (std::size_t i = 0; i < count;) i += take(client.read_line()) ? 1 : 0;
    kill();
    std::string rest = client.read_to_end();
    for (std::size_t end = 0; (end = rest.find('\n')) != rest.npos; rest.erase(0, end + 1)) {
      take(rest.substr(0, end));
    }
  }

  void begin_at(std::string cursor) { cursor_ = std::move(cursor); }
  const std::vector<std::string>& frames() const { return frames_; }

 private:
  bool take(const std::string& line) {
    INFO(line);
    REQUIRE(line.find(R"({"reset":)") == line.npos);
    if (line.find(R"("changes":)") == line.npos) return false;
    const auto frame = wire::decode_frame(line);
    REQUIRE(frame.prev == static_cast<std::int64_t>(frames_.size()));
    REQUIRE(frame.cursor.rev == frame.prev + 1);
    frames_.push_back(line);
    cursor_ = model::to_string(frame.cursor);
    return true;
  }

  std::string cursor_;
  std::vector<std::string> frames_;
};

std::vector<std::string> log_of(const DaemonFixture& daemon) {
  std::vector<std::string> frames;
  for (std::string since;;) {
    const auto page =
        wire::decode_envelope(daemon.http({.target = "/api/v1/events?limit=10000" + since}).body);
    for (auto& frame : wire::split_array(page.data)) frames.push_back(std::move(frame));
    if (!page.more.value_or(false)) return frames;
    since = "&since=" + model::to_string(page.cursor.value());
  }
}

}  // namespace

TEST_CASE("what anybody was told of is there after kill -9, and is gone on from") {
  DaemonFixture daemon;
  Reader reader;
  reader.begin_at(daemon.http({.target = "/api/v1/health"}).header("Taskman-Cursor"));
  for (int round = 0; round < kKills; ++round) {
    Others others(daemon);
    reader.live(daemon, 1 + static_cast<std::size_t>(round % 7), [&] { others.kill(); });
    daemon.start();
    INFO("kill " << round);
    for (const auto& cursor : others.told()) {
      const auto reply = daemon.http({.target = "/api/v1/events?limit=1&since=" + cursor});
      INFO(cursor << ": " << reply.body);
      REQUIRE(reply.status == 200);
    }
  }
  const auto log = log_of(daemon);
  REQUIRE(log.size() >= reader.frames().size());
  for (std::size_t i = 0; i < reader.frames().size(); ++i) REQUIRE(log[i] == reader.frames()[i]);
}

}  // namespace taskman::test
