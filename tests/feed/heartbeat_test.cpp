// Heartbeats: a reader that gets no frames is told all the same how far it is.

#include "common/wire/json.hpp"
#include "feed_fixture.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

using namespace std::chrono_literals;
using feed::Encoding;

std::string member(const std::string& object, std::string_view name) {
  return wire::field_text(object, name).value_or("(none)");
}

}  // namespace

TEST_CASE("an idle reader is told where it stands at every heartbeat") {
  FeedFixture feed({.heartbeat = 20ms});
  auto sse = feed.connect({});
  auto ndjson = feed.connect({.encoding = Encoding::kNdjson});
  sse.read_block();
  ndjson.read_line();
  const std::string here = "id: " + model::to_string(feed.head()) + "\n\n";
  for (int i = 0; i < 3; ++i) {
    CHECK(sse.read_block() == here);
    CHECK(ndjson.read_line().empty());
  }
}

TEST_CASE("a reader whose selection matches nothing is moved on by heartbeats") {
  FeedFixture feed({.heartbeat = 20ms});
  const feed::Selection nothing{.tasks = {model::TaskId{999}}};
  auto sse = feed.connect({.selection = nothing});
  auto ndjson = feed.connect({.encoding = Encoding::kNdjson, .selection = nothing});
  sse.read_block();
  ndjson.read_line();
  feed.add_many(200);
  const std::string end = model::to_string(feed.head());
  std::string id;
  while (id != end) {
    const auto block = parse_block(sse.read_block());
    REQUIRE(block.event.empty());
    id = block.id;
  }
  std::string cursor;
  while (cursor != end) {
    const std::string line = ndjson.read_line();
    if (!line.empty()) cursor = member(member(line, "heartbeat"), "cursor");
  }
}

TEST_CASE("prev names the heartbeat that came between two frames") {
  FeedFixture feed({.heartbeat = 20ms});
  const auto wanted = feed.add(task_of("wanted"));
  auto stream = feed.connect({.selection = {.tasks = {wanted}}});
  auto last = model::parse_cursor(parse_block(stream.read_block()).id)->rev;
  feed.add_many(10);
  while (last != feed.head().rev)
    last = model::parse_cursor(parse_block(stream.read_block()).id)->rev;
  feed.add_many(10);
  feed.edit(wanted, [](model::Task& task) { task.title = "renamed"; });
  for (;;) {
    const auto block = parse_block(stream.read_block());
    if (block.event == "change") {
      CHECK(wire::decode_frame(block.data).prev == last);
      break;
    }
    last = model::parse_cursor(block.id)->rev;
  }
}

TEST_CASE("a reader's place is at most one heartbeat behind, however little it wants") {
  FeedFixture feed({.heartbeat = 20ms});
  const bool is_narrow = GENERATE(true, false);
  const feed::Selection nothing =
      is_narrow ? feed::Selection{.tasks = {model::TaskId{999}}} : matching("label:x");
  auto stream = feed.connect({.selection = nothing});
  stream.read_block();
  for (int round = 0; round < 6; ++round) {
    feed.add_many(round % 2 == 0 ? 1 : 70);
    // On the hub's thread, which has looked at the log by now: what was said before does not count.
    feed.on_loop([&] { stream.take_arrived(); });
    INFO(round);
    REQUIRE(parse_block(stream.read_block()).id == model::to_string(feed.head()));
  }
}

TEST_CASE("what a reader did not want may be pruned: it goes on where its last heartbeat was") {
  FeedFixture feed({.heartbeat = 20ms});
  const bool is_narrow = GENERATE(true, false);
  const feed::Selection nothing =
      is_narrow ? feed::Selection{.tasks = {model::TaskId{999}}} : matching("label:x");
  auto stream = feed.connect({.selection = nothing});
  std::string id = parse_block(stream.read_block()).id;
  feed.add_many(200);
  while (id != model::to_string(feed.head())) id = parse_block(stream.read_block()).id;
  stream.hang_up();
  feed.add_many(2);
  feed.store().write([](store::WriteTx& tx) { tx.prune_log({.entries = 5}, {}, 1000); });
  auto again = feed.connect({.since = id, .selection = nothing});
  CHECK(parse_block(again.read_block()).id == id);
  const auto heartbeat = parse_block(again.read_block());
  CHECK(heartbeat.event.empty());
  CHECK(heartbeat.id == model::to_string(feed.head()));
  CHECK(feed.hub().figures().resets == 0);
}

}  // namespace taskman::test
