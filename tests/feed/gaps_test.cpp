// A client can tell by `prev` alone whether something between it and the daemon dropped, doubled or
// reordered what it was sent.

#include <algorithm>

#include "common/wire/json.hpp"
#include "feed_fixture.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

using namespace std::chrono_literals;

/// What a client does: it knows where it stands and refuses what does not follow.
class Checker {
 public:
  explicit Checker(bool filtered) : filtered_(filtered) {}

  /// Of a block of the stream; false when something is missing before it.
  bool take(const std::string& text) {
    const auto block = parse_block(text);
    if (block.event == "change") {
      const auto frame = wire::decode_frame(block.data);
      const bool follows = stands_ == frame.prev && frame.cursor.rev > frame.prev;
      stands_ = frame.cursor.rev;
      return follows;
    }
    if (!block.id.empty()) {
      const auto rev = model::parse_cursor(block.id)->rev;
      // Who wants everything is moved on by frames alone.
      const bool follows = !stands_ || rev == *stands_ || (filtered_ && rev > *stands_);
      stands_ = rev;
      return follows;
    }
    return true;
  }

 private:
  const bool filtered_;
  std::optional<std::int64_t> stands_;
};

/// Every block a reader was sent: hello, changes, heartbeats between them.
std::vector<std::string> record(FeedFixture& feed, const feed::Selection& selection) {
  auto stream = feed.connect({.selection = selection});
  std::vector<std::string> blocks{stream.read_block()};
  const auto until_heartbeat = [&] {
    do {
      blocks.push_back(stream.read_block());
    } while (parse_block(blocks.back()).id != model::to_string(feed.head()) ||
             !parse_block(blocks.back()).event.empty());
  };
  const auto known = feed.add(task_of("wanted before"));
  for (int round = 0; round < 6; ++round) {
    feed.add_many(4, "plain ");
    feed.add_many(2, "wanted ");
    feed.edit(known, [&](model::Task& task) { task.points = round; });
    feed.add_many(2, "plain ");
    until_heartbeat();
  }
  return blocks;
}

bool all_follow(const std::vector<std::string>& blocks, bool filtered) {
  Checker checker(filtered);
  return std::ranges::all_of(blocks, [&](const auto& block) { return checker.take(block); });
}

bool is_change(const std::string& block) { return parse_block(block).event == "change"; }

}  // namespace

TEST_CASE("a client finds every frame that was dropped, doubled or moved, and nothing else") {
  FeedFixture feed({.heartbeat = 20ms});
  const bool filtered = GENERATE(false, true);
  const auto blocks = record(feed, filtered ? matching("title:wanted") : feed::Selection{});
  CHECK(all_follow(blocks, filtered));
  std::size_t changes = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (!is_change(blocks[i])) continue;
    ++changes;
    INFO(i);
    auto dropped = blocks;
    dropped.erase(dropped.begin() + static_cast<std::ptrdiff_t>(i));
    // To a filter a heartbeat after a frame says the same as the frame: where the reader stands.
    if (!filtered || is_change(blocks[i + 1])) CHECK_FALSE(all_follow(dropped, filtered));
    auto doubled = blocks;
    doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(i), blocks[i]);
    CHECK_FALSE(all_follow(doubled, filtered));
    if (is_change(blocks[i + 1])) {
      auto moved = blocks;
      std::swap(moved[i], moved[i + 1]);
      CHECK_FALSE(all_follow(moved, filtered));
    }
  }
  CHECK(changes == (filtered ? 19 : 55));
}

}  // namespace taskman::test
