// The log is pruned under readers that stand at its end, before they were served what is new.

#include "common/wire/fields.hpp"
#include "common/wire/json.hpp"
#include "feed_fixture.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

TEST_CASE("a reader that the pruning overtakes while it is connected is told so and goes on") {
  FeedFixture feed;
  const bool is_narrow = GENERATE(false, true);
  const auto id = feed.add(task_of("first"));
  const feed::Selection one{.tasks = {id}};
  auto stream = feed.connect({.selection = is_narrow ? one : feed::Selection{}});
  stream.read_block();
  // On the loop's thread nobody is served meanwhile.
  feed.on_loop([&] {
    feed.add_many(20);
    feed.store().write([](store::WriteTx& tx) { tx.prune_log({.entries = 5}, {}, 100); });
  });
  const auto reset = parse_block(stream.read_block());
  CHECK(reset.event == "reset");
  CHECK(wire::field_text(reset.data, "reason") == "pruned");
  CHECK(reset.id == model::to_string(feed.head()));
  feed.edit(id, [](model::Task& task) { task.title = "after"; });
  const auto frame = wire::decode_frame(parse_block(stream.read_block()).data);
  CHECK(frame.prev == 21);
  CHECK(frame.cursor.rev == 22);
  CHECK(feed.hub().figures().resets == 1);
}

}  // namespace
}  // namespace taskman::test
