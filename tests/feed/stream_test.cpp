// What a reader of a stream sees: the beginning, the changes, the heartbeats, the end.

#include <sys/socket.h>

#include "common/wire/json.hpp"
#include "feed_fixture.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

using namespace std::chrono_literals;
using feed::Encoding;

feed::SubscriptionRequest from(const model::Cursor& cursor, Encoding encoding = Encoding::kSse) {
  return {.encoding = encoding, .since = model::to_string(cursor)};
}

std::string member(const std::string& object, std::string_view name) {
  return wire::field_text(object, name).value_or("(none)");
}

}  // namespace

TEST_CASE("a stream begins with retry, hello and the cursor it starts from") {
  FeedFixture feed;
  feed.add_many(3);
  auto stream = feed.connect({});
  const auto hello = parse_block(stream.read_block());
  CHECK(hello.event == "hello");
  CHECK(hello.id == model::to_string(feed.head()));
  CHECK(std::stoi(hello.retry) >= 1000);
  CHECK(std::stoi(hello.retry) <= 3000);
  CHECK(member(hello.data, "cursor") == hello.id);
  CHECK(member(hello.data, "store") == feed.store().id());
  CHECK(member(hello.data, "heartbeat") == "15");
}

TEST_CASE("NDJSON says hello as a line of its own") {
  FeedFixture feed;
  auto stream = feed.connect({.encoding = Encoding::kNdjson});
  const std::string line = stream.read_line();
  CHECK(member(member(line, "hello"), "cursor") == model::to_string(feed.head()));
}

TEST_CASE("every commit comes as one change with its cursor as id, in order") {
  FeedFixture feed;
  auto stream = feed.connect({});
  stream.read_block();
  feed.add_many(100);
  for (std::int64_t rev = 1; rev <= 100; ++rev) {
    const auto change = parse_block(stream.read_block());
    const auto frame = wire::decode_frame(change.data);
    REQUIRE(change.event == "change");
    REQUIRE(frame.cursor.rev == rev);
    REQUIRE(frame.prev == rev - 1);
    REQUIRE(change.id == model::to_string(frame.cursor));
  }
}

TEST_CASE("a reader resumes from any cursor with everything after it, once") {
  FeedFixture feed;
  std::vector<model::Cursor> cursors{feed.head()};
  for (int i = 0; i < 90; ++i) {
    feed.add(task_of("t"));
    cursors.push_back(feed.head());
  }
  for (const std::size_t start : {0U, 1U, 31U, 32U, 33U, 64U, 89U}) {
    auto stream = feed.connect(from(cursors[start], Encoding::kNdjson));
    stream.read_line();
    for (std::size_t rev = start + 1; rev <= 90; ++rev) {
      const auto frame = wire::decode_frame(stream.read_line());
      REQUIRE(frame.cursor == cursors[rev]);
      REQUIRE(frame.prev == static_cast<std::int64_t>(rev) - 1);
    }
  }
}

TEST_CASE("a cursor that cannot be followed is answered by a reset, then by what is new") {
  FeedFixture feed;
  feed.add_many(5);
  const model::Cursor head = feed.head();
  const auto [since, reason] = GENERATE_COPY(
      table<std::string, std::string>({{"nonsense", "malformed"},
                                       {model::to_string({head.rev + 7, head.chain}), "ahead"},
                                       {model::to_string({head.rev, head.chain ^ 1}), "diverged"},
                                       {model::to_string({2, 12345}), "diverged"}}));
  auto stream = feed.connect({.since = since});
  const auto hello = parse_block(stream.read_block());
  CHECK(hello.event == "hello");
  // A client that took an id over and lost the connection here would never see the reset.
  CHECK(hello.id.empty());
  CHECK(member(hello.data, "cursor") == model::to_string(head));
  const auto reset = parse_block(stream.read_block());
  CHECK(reset.event == "reset");
  CHECK(reset.id == model::to_string(head));
  CHECK(member(reset.data, "reason") == reason);
  CHECK(member(reset.data, "head") == model::to_string(head));
  feed.add(task_of("later"));
  CHECK(wire::decode_frame(parse_block(stream.read_block()).data).prev == head.rev);
  CHECK(feed.hub().figures().resets == 1);
}

TEST_CASE("a daemon that ends says bye with a time to come back, then closes") {
  FeedFixture feed;
  auto sse = feed.connect({});
  auto ndjson = feed.connect({.encoding = Encoding::kNdjson});
  sse.read_block();
  ndjson.read_line();
  feed.on_loop([&] { feed.hub().drain(); });
  const auto bye = parse_block(sse.read_block());
  CHECK(bye.event == "bye");
  CHECK(bye.id.empty());
  CHECK(std::stoi(bye.retry) >= 1000);
  CHECK(sse.read_to_end().empty());
  CHECK(ndjson.read_to_end() == "\n");
  auto late = feed.connect({});
  CHECK_THAT(late.read_to_end(), ContainsSubstring("event: bye"));
}

TEST_CASE("an old stream is ended between two frames, told so, and can be resumed") {
  FeedFixture feed({.heartbeat = 20ms, .max_age = 1ms});
  auto stream = feed.connect({});
  stream.read_block();
  SseBlock last;
  for (SseBlock block = last; block.event != "bye"; block = parse_block(stream.read_block())) {
    last = block;
  }
  CHECK(last.id == model::to_string(feed.head()));
  CHECK(stream.read_to_end().empty());
  feed.add(task_of("meanwhile"));
  auto again = feed.connect({.since = last.id});
  again.read_block();
  CHECK(parse_block(again.read_block()).event == "change");
}

TEST_CASE("readers beyond the limit are sent away with a time to come back") {
  FeedFixture feed({.max_readers = 1});
  auto one = feed.connect({});
  auto two = feed.connect({});
  CHECK_THAT(two.read_to_end(), EndsWith("event: bye\ndata: {\"reason\":\"full\"}\n\n"));
  one.read_block();
  feed.add_many(1);
  CHECK(parse_block(one.read_block()).event == "change");
}

TEST_CASE("who is not let in gets that in one piece with the hello") {
  // Else a reader may take for begun what was refused.
  FeedFixture feed({.max_readers = 0});
  int ends[2] = {-1, -1};
  REQUIRE(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) ==
          0);  // keeps pieces apart
  const util::Fd ours(ends[0]);
  util::Fd theirs(ends[1]);
  feed.on_loop([&] { feed.hub().adopt(std::move(theirs), {}, "head "); });
  std::string piece(4096, '\0');
  piece.resize(static_cast<std::size_t>(
      std::max<ssize_t>(::recv(ours.get(), piece.data(), piece.size(), MSG_DONTWAIT), 0)));
  CHECK_THAT(piece, StartsWith("head retry: ") && ContainsSubstring("event: hello\n"));
  CHECK_THAT(piece, EndsWith("event: bye\ndata: {\"reason\":\"full\"}\n\n"));
}

TEST_CASE("what the request's answer left unsent goes out first") {
  FeedFixture feed;
  int ends[2] = {-1, -1};
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
  StreamEnd stream{util::Fd(ends[0])};
  feed.on_loop([&] {
    feed.hub().adopt(util::Fd(ends[1]), {.encoding = Encoding::kNdjson}, "rest of head\r\n\r\n");
  });
  CHECK(stream.read_line() == "rest of head\r");
  CHECK(stream.read_line() == "\r");
  CHECK_THAT(stream.read_line(), StartsWith("{\"hello\""));
}

TEST_CASE("a reader that hangs up is forgotten") {
  FeedFixture feed;
  auto one = feed.connect({});
  auto two = feed.connect({});
  CHECK(feed.hub().figures().subscriptions == 2);
  one.hang_up();
  feed.wait_for([](const auto& figures) { return figures.subscriptions == 1; });
  feed.add_many(1);
  two.read_block();
  CHECK(parse_block(two.read_block()).event == "change");
}

TEST_CASE("a client that talks on a stream is ignored, up to a limit") {
  FeedFixture feed;
  auto stream = feed.connect({});
  stream.read_block();
  REQUIRE(::send(stream.descriptor(), "hello?", 6, 0) == 6);
  feed.add_many(1);
  CHECK(parse_block(stream.read_block()).event == "change");
  const std::string chatter(128 * 1024, 'x');
  ::send(stream.descriptor(), chatter.data(), chatter.size(), MSG_NOSIGNAL);
  feed.wait_for([](const auto& figures) { return figures.subscriptions == 0; });
}

TEST_CASE("a reader that the pruning overtook is told so and goes on from the head") {
  FeedFixture feed;
  const auto start = feed.head();
  feed.add_many(20);
  feed.store().write([](store::WriteTx& tx) { tx.prune_log({.entries = 5}, {}, 100); });
  auto stream = feed.connect(from(start));
  CHECK(parse_block(stream.read_block()).id.empty());
  const auto reset = parse_block(stream.read_block());
  CHECK(reset.event == "reset");
  CHECK(member(reset.data, "reason") == "pruned");
  CHECK(model::parse_cursor(member(reset.data, "oldest"))->rev == 15);
  CHECK(reset.id == model::to_string(feed.head()));
  feed.add(task_of("after"));
  CHECK(wire::decode_frame(parse_block(stream.read_block()).data).cursor.rev == 21);
}

}  // namespace taskman::test
