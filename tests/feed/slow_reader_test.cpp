// Readers that do not keep up: nobody waits for them, nothing is kept for them, nothing is lost to
// them.

#include <sys/socket.h>

#include "common/wire/json.hpp"
#include "feed_fixture.hpp"
#include "support/catch.hpp"
#include "support/descriptors.hpp"
#include "support/memory.hpp"

namespace taskman::test {
namespace {

using namespace std::chrono_literals;
using feed::Encoding;

constexpr int kSmallBuffer = 4096;

model::Task large_task(int number, std::size_t size = 60'000) {
  model::Task task = task_of("t" + std::to_string(number));
  task.body = std::string(size, 'x');
  return task;
}

}  // namespace

TEST_CASE("a reader that pauses gets every frame whole and once when it reads on") {
  FeedFixture feed;
  auto slow = feed.connect({.encoding = Encoding::kNdjson}, kSmallBuffer);
  auto live = feed.connect({.encoding = Encoding::kNdjson});
  for (int i = 1; i <= 100; ++i) feed.add(large_task(i));
  std::string expected;
  live.read_line();
  for (int i = 1; i <= 100; ++i) expected += live.read_line() + '\n';
  slow.read_line();
  // Megabytes: what differs is not printed.
  CHECK((slow.read_bytes(expected.size()) == expected));
}

TEST_CASE("a stream cut anywhere holds a prefix of the frames") {
  FeedFixture feed;
  auto slow = feed.connect({.encoding = Encoding::kNdjson}, kSmallBuffer);
  for (int i = 1; i <= 20; ++i) feed.add(large_task(i));
  feed.on_loop([&] { feed.hub().drain(); });
  const std::string all = slow.read_to_end();
  std::int64_t rev = 0;
  for (std::size_t at = all.find('\n') + 1, end = 0;
       (end = all.find('\n', at)) != std::string::npos; at = end + 1) {
    if (end == at) continue;
    CHECK(wire::decode_frame(std::string_view(all).substr(at, end - at)).cursor.rev == ++rev);
  }
  CHECK(rev < 20);
}

TEST_CASE("a thousand stalled readers beside a hundred live ones cost a position each") {
  raise_descriptor_limit();
  FeedFixture feed({.cache_bytes = 1024 * 1024});
  std::vector<StreamEnd> stalled, live;
  for (int i = 0; i < 1000; ++i) stalled.push_back(feed.connect({}, kSmallBuffer));
  for (int i = 0; i < 100; ++i) live.push_back(feed.connect({.encoding = Encoding::kNdjson}));
  for (auto& reader : live) reader.read_line();
  const auto round = [&] {
    feed.add(large_task(1, 10'000));
    for (auto& reader : live) reader.read_line();
  };
  for (int i = 0; i < 50; ++i) round();
  const std::int64_t before = held_bytes();
  for (int i = 0; i < 200; ++i) round();
  // Each is 2 MB of frames behind, 2 GB together; what is held is the shared cache and SQLite's.
  CHECK(held_bytes() - before < 8 * 1024 * 1024);
}

TEST_CASE("a reader that takes nothing for too long is closed and can resume") {
  FeedFixture feed({.heartbeat = 20ms, .stuck = 1000ms});
  const model::Cursor start = feed.head();
  auto stuck = feed.connect({.encoding = Encoding::kNdjson}, kSmallBuffer);
  for (int i = 1; i <= 10; ++i) feed.add(large_task(i));
  feed.wait_for(
      [](const auto& figures) { return figures.slow_closed == 1 && figures.subscriptions == 0; });
  auto resumed = feed.connect({.encoding = Encoding::kNdjson, .since = model::to_string(start)});
  resumed.read_line();
  for (std::int64_t rev = 1; rev <= 10; ++rev) {
    std::string line;
    while (line.empty()) line = resumed.read_line();
    CHECK(wire::decode_frame(line).cursor.rev == rev);
  }
}

TEST_CASE("a reader far behind does not hold up a live one") {
  FeedFixture feed({.cache_bytes = 64 * 1024});
  const model::Cursor start = feed.head();
  feed.add_many(2000);
  auto behind =
      feed.connect({.encoding = Encoding::kNdjson, .since = model::to_string(start)}, kSmallBuffer);
  auto live = feed.connect({.encoding = Encoding::kNdjson});
  live.read_line();
  feed.add_many(50);
  for (std::int64_t rev = 2001; rev <= 2050; ++rev)
    REQUIRE(wire::decode_frame(live.read_line()).cursor.rev == rev);
  behind.read_line();
  for (std::int64_t rev = 1; rev <= 2050; ++rev)
    REQUIRE(wire::decode_frame(behind.read_line()).cursor.rev == rev);
}

}  // namespace taskman::test
