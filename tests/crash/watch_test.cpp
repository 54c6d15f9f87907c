// A watcher whose daemon is killed or restarted under it while others write: every change once, in
// order, and a word about it on stderr.

#include <csignal>

#include <string>
#include <vector>

#include "common/wire/fields.hpp"
#include "common/wire/json.hpp"
#include "common/wire/log.hpp"
#include "common/wire/views.hpp"
#include "daemon/store/open.hpp"
#include "support/build_paths.hpp"
#include "support/catch.hpp"
#include "support/counting_random.hpp"
#include "support/daemon_fixture.hpp"
#include "support/http_client.hpp"
#include "support/manual_clock.hpp"
#include "support/process.hpp"

namespace taskman::test {
namespace {

constexpr int kChanges = 1000;

enum class End { kKilled, kTerminated };

/// Of the log of 20 changes more, five are kept.
void write_and_prune(const std::string& url) {
  ManualClock clock;
  CountingRandom random;
  const auto store = store::open(url, {.clock = &clock, .random = &random});
  for (int i = 0; i < 20; ++i) {
    store->write([](store::WriteTx& tx) {
      model::Task task;
      task.title = "meanwhile";
      task.id = tx.insert_task(task);
      tx.append({.actor = "ana",
                 .origin = "test",
                 .changes = {wire::task_change(model::ChangeType::kTaskCreated, nullptr, &task)}});
    });
  }
  store->write([](store::WriteTx& tx) { tx.prune_log({.entries = 5}, {}, 100); });
}

/// One watcher, and the daemon it follows.
class Watched {
 public:
  explicit Watched(const std::vector<std::string>& flags) : watcher_(command(flags)) {}

  void restart(End end) {
    end == End::kKilled ? daemon_.kill() : daemon_.stop();
    daemon_.start();
  }

  /// Everything it could go on from is forgotten while the daemon is away.
  void prune_while_away() {
    daemon_.stop();
    write_and_prune("sqlite:" + daemon_.database().string());
    daemon_.start();
  }

  void write(int count) {
    HttpClient client(daemon_.socket());
    for (int i = 0; i < count; ++i) {
      const auto title = "t" + std::to_string(written_++);
      const auto reply = client.request({.method = "POST",
                                         .target = "/api/v1/tasks",
                                         .headers = {{"Content-Type", "application/json"}},
                                         .body = R"({"title":")" + title + R"("})"});
      REQUIRE(reply.status == 201);
    }
  }

  /// The next `count` lines are the next changes.
  void expect(int count) {
    for (int i = 0; i < count; ++i) {
      const auto frame = wire::decode_frame(watcher_.read_line());
      ++seen_;
      REQUIRE(frame.cursor.rev == seen_);
      REQUIRE(frame.prev == seen_ - 1);
      REQUIRE(title_of(frame) == "t" + std::to_string(expected_++));
    }
  }

  /// The next line says that changes are missing, and why.
  void expect_reset(const std::string& reason) {
    const std::string line = watcher_.read_line();
    const auto members = wire::members_of(line);
    INFO(line);
    REQUIRE((members.size() == 1 && members[0].first == "reset"));
    CHECK(wire::field_text(members[0].second, "reason") == reason);
    const auto head = model::parse_cursor(wire::field_text(members[0].second, "head").value());
    seen_ = head.value().rev;
  }

  /// What it said on stderr.
  std::string end() {
    watcher_.signal(SIGTERM);
    const auto finished = watcher_.wait();
    CHECK(finished.exit_code == 128 + SIGTERM);
    CHECK(finished.out.empty());  // not one line more
    return finished.err;
  }

 private:
  Command command(const std::vector<std::string>& flags) {
    const auto head = wire::decode_health(
        wire::decode_envelope(http(daemon_.socket(), {.target = "/api/v1/health"}).body).data);
    Command command{.argv = {std::string(kBinDir) + "/taskman", "watch", "--since", head.head},
                    .environment = daemon_.environment()};
    command.argv.insert(command.argv.end(), flags.begin(), flags.end());
    return command;
  }

  static std::string title_of(const wire::Frame& frame) {
    for (const auto& [name, json] : frame.changes.at(0).set) {
      if (name == "title") return wire::value_text(json);
    }
    return {};
  }

  DaemonFixture daemon_;
  Process watcher_;
  std::int64_t written_ = 0;
  std::int64_t expected_ = 0;  ///< the number in the next title
  std::int64_t seen_ = 0;
};

void check_survives(const std::vector<std::string>& flags, End end) {
  Watched watched(flags);
  watched.write(1);
  watched.expect(1);  // it is connected
  watched.restart(end);
  watched.write(kChanges / 2);
  watched.restart(end);  // it may be behind by any number
  watched.write(kChanges / 2);
  watched.expect(kChanges);
  CHECK_THAT(watched.end(), ContainsSubstring("nothing was missed\n"));
}

}  // namespace

TEST_CASE("a stream's watcher misses nothing when its daemon is killed") {
  check_survives({"--json"}, End::kKilled);
}

TEST_CASE("a polling watcher misses nothing when its daemon is killed") {
  check_survives({"--poll=1", "--json"}, End::kKilled);
}

TEST_CASE("a stream's watcher misses nothing when its daemon is restarted") {
  check_survives({}, End::kTerminated);
}

TEST_CASE("a polling watcher misses nothing when its daemon is restarted") {
  check_survives({"--poll=1"}, End::kTerminated);
}

TEST_CASE("a watcher whose next changes were pruned while it was away is told so, and goes on") {
  const auto way = GENERATE("--stream", "--ws", "--poll=1");
  Watched watched({way, "--json"});
  watched.write(1);
  watched.expect(1);
  watched.prune_while_away();
  watched.expect_reset("pruned");
  watched.write(2);
  watched.expect(2);
  CHECK_THAT(watched.end(), ContainsSubstring("the log was replaced (") &&
                                !ContainsSubstring("nothing was missed"));
}

}  // namespace taskman::test
