// A stream that begins with the state: the state as it was at one revision, then every change
// since.

#include "daemon/feed/snapshot.hpp"

#include <map>

#include "common/wire/import.hpp"
#include "common/wire/json.hpp"
#include "feed_fixture.hpp"
#include "support/catch.hpp"
#include "support/memory.hpp"

namespace taskman::test {
namespace {

using feed::Encoding;
using feed::Selection;

feed::SubscriptionRequest with_snapshot(FeedFixture& feed, const Selection& selection = {}) {
  feed::SubscriptionRequest request{.encoding = Encoding::kNdjson, .selection = selection};
  feed.store().read([&](store::ReadTx& tx) {
    request.spool = feed::take_snapshot(tx, selection, Encoding::kNdjson);
  });
  request.since = model::to_string(request.spool->cursor);
  return request;
}

std::string member(const std::string& object, std::string_view name) {
  for (const auto& [key, value] : wire::members_of(object)) {
    if (key == name) return value;
  }
  return {};
}

struct State {
  std::map<std::int64_t, std::string> titles;
  std::int64_t things = 0;
  std::string cursor;
};

/// Reads a stream up to the end of its snapshot.
State read_snapshot(StreamEnd& stream) {
  State state;
  CHECK_FALSE(member(stream.read_line(), "hello").empty());
  for (std::string line = stream.read_line();; line = stream.read_line()) {
    if (const auto end = member(line, "snapshot-end"); !end.empty()) {
      CHECK(member(end, "things") == std::to_string(state.things));
      state.cursor = wire::field_text(end, "cursor").value();
      return state;
    }
    const auto thing = member(line, "snapshot");
    REQUIRE_FALSE(thing.empty());
    ++state.things;
    const auto record = wire::decode_import_record(thing);
    if (const auto* task = std::get_if<wire::ImportTask>(&record)) {
      state.titles[task->id->value] = *task->patch.title;
    }
  }
}

std::map<std::int64_t, std::string> titles(FeedFixture& feed) {
  std::map<std::int64_t, std::string> titles;
  feed.store().read([&](store::ReadTx& tx) {
    for (const auto& task : tx.list_tasks({.context = context()}).items)
      titles[task.id.value] = task.title;
  });
  return titles;
}

}  // namespace

TEST_CASE("a snapshot is the state at its cursor, whatever is committed while it is sent") {
  FeedFixture feed;
  feed.add_many(700);
  const auto before = titles(feed);
  auto request = with_snapshot(feed);
  const std::string cursor = *request.since;
  feed.edit({1}, [](model::Task& task) { task.title = "changed"; });
  feed.remove({2});
  auto stream = feed.connect(std::move(request), 4096);
  feed.add(task_of("late"));
  const State state = read_snapshot(stream);
  CHECK(state.titles == before);
  CHECK(state.cursor == cursor);
  const auto first = wire::decode_frame(stream.read_line());
  CHECK(first.prev == model::parse_cursor(cursor)->rev);
  CHECK(first.cursor.rev == first.prev + 1);
  CHECK(wire::decode_frame(stream.read_line()).cursor.rev == first.prev + 2);
  CHECK(wire::decode_frame(stream.read_line()).cursor == feed.head());
}

TEST_CASE("an id is first told when the snapshot is complete") {
  FeedFixture feed;
  feed.add_many(3);
  auto request = with_snapshot(feed);
  feed.store().read([&](store::ReadTx& tx) {
    request.spool = feed::take_snapshot(tx, request.selection, Encoding::kSse);
  });
  request.encoding = Encoding::kSse;
  auto stream = feed.connect(std::move(request));
  SseBlock block = parse_block(stream.read_block());
  for (; block.event != "snapshot-end"; block = parse_block(stream.read_block())) {
    CHECK(block.id.empty());
  }
  CHECK(block.id == model::to_string(feed.head()));
}

TEST_CASE("no heartbeat stands in the middle of a snapshot") {
  FeedFixture feed({.heartbeat = std::chrono::milliseconds(20)});
  feed.add_many(700);
  auto stream = feed.connect(with_snapshot(feed), 4096);
  // Several heartbeats fall due while the reader does not read; one of them tells that it is over.
  auto other = feed.connect({.encoding = Encoding::kNdjson});
  other.read_line();
  for (int i = 0; i < 5; ++i) other.read_line();
  CHECK(read_snapshot(stream).titles.size() == 700);
  CHECK(stream.read_line().empty());
}

TEST_CASE("a snapshot that nobody takes is kept on the disk, not in memory") {
  FeedFixture feed;
  model::Task large = task_of("large");
  large.body = std::string(60'000, 'x');
  for (int i = 0; i < 40; ++i) feed.add(large);
  std::vector<StreamEnd> stalled;
  stalled.push_back(feed.connect(with_snapshot(feed), 4096));
  const std::int64_t before = held_bytes();
  for (int i = 0; i < 25; ++i) stalled.push_back(feed.connect(with_snapshot(feed), 4096));
  // They are 60 MB.
  CHECK(held_bytes() - before < 8 * 1024 * 1024);
  CHECK(read_snapshot(stalled.back()).titles.size() == 40);
}

TEST_CASE("a filtered snapshot has what the filter matches, and the empty one ends at once") {
  FeedFixture feed;
  feed.add_many(5);
  feed.edit({3}, [](model::Task& task) { task.labels = {"api"}; });
  auto stream = feed.connect(with_snapshot(feed, matching("label:api")));
  CHECK(read_snapshot(stream).titles == std::map<std::int64_t, std::string>{{3, "task 3"}});
  auto empty = feed.connect(with_snapshot(feed, matching("label:x")));
  CHECK(read_snapshot(empty).things == 0);
}

}  // namespace taskman::test
