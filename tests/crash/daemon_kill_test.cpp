// The whole daemon under `kill -9` at random instants while eight clients write. What was
// acknowledged is there, once; the log is dense; the file is sound.

#include <csignal>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>

#include "common/wire/json.hpp"
#include "support/build_paths.hpp"
#include "support/catch.hpp"
#include "support/http_client.hpp"
#include "support/process.hpp"
#include "support/temp_dir.hpp"

namespace taskman::test {
namespace {

constexpr int kWriters = 8;

std::string program(std::string_view name) {
  return std::string(kBinDir) + "/" + std::string(name);
}

/// 200 unless TASKMAN_KILLS says otherwise (sanitizers are slow).
int kills() {
  const char* wanted = std::getenv("TASKMAN_KILLS");
  return wanted == nullptr ? 200 : std::atoi(wanted);
}

/// Lets writers that lost the daemon wait for the next one. Thread-safe.
class Generation {
 public:
  void next() {
    {
      const std::lock_guard lock(mutex_);
      ++number_;
    }
    changed_.notify_all();
  }
  int number() {
    const std::lock_guard lock(mutex_);
    return number_;
  }
  void wait_after(int seen) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return number_ > seen; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int number_ = 0;
};

/// One client: keyed creations, each repeated with its key until it is acknowledged.
class Writer {
 public:
  Writer(int number, const TempDir& folder, Generation& generation, std::atomic<int>& acknowledged)
      : number_(number),
        socket_(folder / "d.sock"),
        generation_(generation),
        acknowledged_(acknowledged) {}

  void run(const std::atomic<bool>& stop) {
    for (int i = 0; !stop; ++i) {
      const auto name = "w" + std::to_string(number_) + "-" + std::to_string(i);
      while (!create(name)) {
        if (stop) return;
      }
      names_.push_back(name);
      ++acknowledged_;
    }
  }
  const std::vector<std::string>& names() const { return names_; }

 private:
  bool create(const std::string& name) {
    const int seen = generation_.number();
    try {
      if (!client_) client_ = std::make_unique<HttpClient>(socket_);
      const auto reply = client_->request(
          {.method = "POST",
           .target = "/api/v1/tasks",
           .headers = {{"Content-Type", "application/json"}, {"Idempotency-Key", name}},
           .body = R"({"title":")" + name + R"("})"});
      if (reply.status == 201) return true;
    } catch (const std::exception&) {
      // The daemon died under us: the outcome is unknown, the same key will tell.
    }
    client_.reset();
    generation_.wait_after(seen);
    return false;
  }

  int number_;
  std::filesystem::path socket_;
  Generation& generation_;
  std::atomic<int>& acknowledged_;
  std::unique_ptr<HttpClient> client_;
  std::vector<std::string> names_;
};

class KillLoop {
 public:
  KillLoop() {
    for (int i = 0; i < kWriters; ++i)
      writers_.push_back(std::make_unique<Writer>(i, folder_, generation_, acknowledged_));
    for (auto& writer : writers_) threads_.emplace_back([&writer, this] { writer->run(stop_); });
  }
  ~KillLoop() { end_writers(); }

  void run(int count) {
    for (int i = 0; i < count; ++i) {
      Process daemon(command());
      REQUIRE(daemon.read_line() == "ready");
      generation_.next();
      let_write(std::uniform_int_distribution(1, 60)(random_));
      let_drift();
      daemon.signal(SIGKILL);
      daemon.wait();
    }
  }

  /// Lets everyone finish against a daemon that lives, and ends it properly.
  void settle() {
    Process daemon(command());
    REQUIRE(daemon.read_line() == "ready");
    generation_.next();
    let_write(kWriters);
    stop_ = true;
    generation_.next();
    end_writers();
    tasks_ = http(folder_ / "d.sock", {.target = "/api/v1/tasks?limit=all"}).body;
    read_log();
    daemon.signal(SIGTERM);
    CHECK(daemon.wait().exit_code == 0);
  }

  std::set<std::string> acknowledged() const {
    std::set<std::string> names;
    for (const auto& writer : writers_)
      names.insert(writer->names().begin(), writer->names().end());
    return names;
  }
  std::string tasks() const { return tasks_; }
  const std::vector<std::string>& frames() const { return frames_; }
  std::string database() const { return (folder_ / "d.db").string(); }

 private:
  Command command() const {
    return {.argv = {program("taskmand"), "--foreground", "--ready-fd", "1", "--db",
                     (folder_ / "d.db").string(), "--socket", (folder_ / "d.sock").string(),
                     "--log", (folder_ / "d.log").string()},
            .environment = {{"HOME", folder_.path().string()}, {"PATH", "/usr/bin:/bin"}}};
  }
  void let_write(int count) {
    for (const int goal = acknowledged_ + count; acknowledged_ < goal;) std::this_thread::yield();
  }
  /// An acknowledgement follows a commit: left to it, the end would always come at that point.
  void let_drift() {
    const std::chrono::microseconds drift(std::uniform_int_distribution(0, 4000)(random_));
    const auto until = std::chrono::steady_clock::now() + drift;
    while (std::chrono::steady_clock::now() < until) std::this_thread::yield();
  }
  void read_log() {
    for (std::string since;;) {
      const auto page = wire::decode_envelope(
          http(folder_ / "d.sock", {.target = "/api/v1/events?limit=10000" + since}).body);
      for (auto& frame : wire::split_array(page.data)) frames_.push_back(std::move(frame));
      if (!page.more.value_or(false)) return;
      since = "&since=" + model::to_string(page.cursor.value());
    }
  }
  void end_writers() {
    stop_ = true;
    generation_.next();
    for (auto& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
  }

  TempDir folder_;
  Generation generation_;
  std::atomic<int> acknowledged_{0};
  std::atomic<bool> stop_{false};
  std::vector<std::unique_ptr<Writer>> writers_;
  std::vector<std::thread> threads_;
  std::mt19937 random_{std::random_device{}()};
  std::string tasks_;
  std::vector<std::string> frames_;
};

std::map<std::string, int> titles_of(const std::string& answer) {
  std::map<std::string, int> titles;
  for (const auto& item : wire::split_array(wire::decode_envelope(answer).data))
    ++titles[wire::decode_task(item).title];
  return titles;
}

TEST_CASE("kill -9 at random instants under eight writers loses nothing and doubles nothing") {
  KillLoop loop;
  loop.run(kills());
  loop.settle();

  const auto titles = titles_of(loop.tasks());
  for (const auto& name : loop.acknowledged()) {
    INFO(name);
    CHECK(titles.contains(name));
  }
  for (const auto& [title, count] : titles) {
    INFO(title);
    CHECK(count == 1);
  }

  std::int64_t expected = 0;
  for (const auto& frame : loop.frames()) {
    REQUIRE(wire::decode_frame(frame).cursor.rev == ++expected);
  }
  CHECK(expected >= static_cast<std::int64_t>(titles.size()));

  const SQLite::Database file(loop.database(), SQLite::OPEN_READONLY);
  SQLite::Statement check(file, "PRAGMA integrity_check");
  REQUIRE(check.executeStep());
  CHECK(check.getColumn(0).getString() == "ok");
}

}  // namespace
}  // namespace taskman::test
