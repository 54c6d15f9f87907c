// A connection that is lost at any byte: what the reader has by then are whole changesets, and its
// cursor is the one after the last of them, so that resuming gives exactly the rest.

#include "common/wire/json.hpp"
#include "common/wire/log.hpp"
#include "feed_fixture.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

using feed::Encoding;

constexpr std::size_t kChangesets = 4;
constexpr std::size_t kChangesEach = 3;

/// What a client knows of a stream up to some byte.
struct Known {
  std::vector<std::string> frames;
  std::string cursor;  ///< where it would resume

  void take(const std::string& json) {
    if (json.find(R"("changes":)") == std::string::npos) return;
    frames.push_back(json);
    cursor = wire::field_text(json, "cursor").value();
  }
};

/// By the rules of the standard: an event counts once its blank line is there, and its id from then
/// on, also that of one without data.
Known of_events(std::string_view bytes) {
  Known known;
  for (std::size_t end = 0; (end = bytes.find("\n\n")) != bytes.npos;
       bytes.remove_prefix(end + 2)) {
    const auto block = parse_block(std::string(bytes.substr(0, end + 1)));
    if (block.event == "change") known.take(block.data);
    if (!block.id.empty()) known.cursor = block.id;
  }
  return known;
}

Known of_lines(std::string_view bytes) {
  Known known;
  for (std::size_t end = 0; (end = bytes.find('\n')) != bytes.npos; bytes.remove_prefix(end + 1)) {
    known.take(std::string(bytes.substr(0, end)));
  }
  return known;
}

/// Text messages of fewer than 64 KiB, as a server sends them.
Known of_messages(std::string_view bytes) {
  Known known;
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
  while (bytes.size() >= 4) {
    const bool is_long = byte(1) == 126;
    const std::size_t head = is_long ? 4 : 2;
    const std::size_t size = is_long ? byte(2) * 256U + byte(3) : byte(1);
    if (bytes.size() < head + size) break;
    if ((byte(0) & 0x0f) == 1) known.take(std::string(bytes.substr(head, size)));
    bytes.remove_prefix(head + size);
  }
  return known;
}

Known known_of(Encoding encoding, std::string_view bytes) {
  switch (encoding) {
    case Encoding::kSse:
      return of_events(bytes);
    case Encoding::kNdjson:
      return of_lines(bytes);
    case Encoding::kWebSocket:
      break;
  }
  return of_messages(bytes);
}

/// Transactions of several changes.
void play(FeedFixture& feed) {
  for (std::size_t i = 0; i < kChangesets; ++i) {
    feed.store().write([&](store::WriteTx& tx) {
      model::Changeset changeset{
          .at = {}, .actor = "ana", .origin = "test", .key = {}, .changes = {}};
      for (std::size_t j = 0; j < kChangesEach; ++j) {
        model::Task task = task_of("line\nline — “quoted”");
        task.id = tx.insert_task(task);
        changeset.changes.push_back(
            wire::task_change(model::ChangeType::kTaskCreated, nullptr, &task));
      }
      tx.append(changeset);
    });
  }
}

feed::SubscriptionRequest from(const std::string& cursor, Encoding encoding) {
  return {.encoding = encoding, .since = cursor};
}

/// All a stream says from `cursor` on, up to the head.
std::string record(FeedFixture& feed, const std::string& cursor, Encoding encoding) {
  const auto sent = feed.hub().figures().frames_sent;
  const auto missing = feed.head().rev - model::parse_cursor(cursor)->rev;
  auto stream = feed.connect(from(cursor, encoding));
  feed.wait_for([&](const auto& figures) { return figures.frames_sent == sent + missing; });
  return stream.take_arrived();
}

}  // namespace

TEST_CASE("cut at any byte, a stream is a prefix of whole changesets, and resumes with the rest") {
  FeedFixture feed;
  const std::string start = model::to_string(feed.head());
  play(feed);
  const auto encoding = GENERATE(Encoding::kSse, Encoding::kNdjson, Encoding::kWebSocket);
  const std::string bytes = record(feed, start, encoding);
  const auto all = known_of(encoding, bytes).frames;
  REQUIRE(all.size() == kChangesets);
  std::size_t had = 0;
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    INFO("cut at " << cut);
    const Known known = known_of(encoding, std::string_view(bytes).substr(0, cut));
    const std::size_t count = known.frames.size();
    REQUIRE((count == had || count == had + 1));
    had = count;
    if (count == 0) continue;
    REQUIRE(known.frames.back() == all[count - 1]);
    REQUIRE(wire::decode_frame(known.frames.back()).changes.size() == kChangesEach);
    REQUIRE(known.cursor == wire::field_text(all[count - 1], "cursor"));
  }
  CHECK(had == kChangesets);
}

TEST_CASE("who resumes after a cut is sent exactly what is missing") {
  FeedFixture feed;
  const std::string start = model::to_string(feed.head());
  play(feed);
  const auto encoding = GENERATE(Encoding::kSse, Encoding::kNdjson, Encoding::kWebSocket);
  const std::string bytes = record(feed, start, encoding);
  const auto all = known_of(encoding, bytes).frames;
  // Around every end of a changeset; between them nothing differs, as the case above says.
  for (std::size_t cut = 1; cut < bytes.size(); ++cut) {
    Known known = known_of(encoding, std::string_view(bytes).substr(0, cut));
    const auto before = known_of(encoding, std::string_view(bytes).substr(0, cut - 1));
    if (known.frames.size() == before.frames.size()) continue;
    const std::string rest = record(feed, known.cursor, encoding);
    for (auto& frame : known_of(encoding, rest).frames) known.frames.push_back(std::move(frame));
    CHECK(known.frames == all);
  }
}

}  // namespace taskman::test
