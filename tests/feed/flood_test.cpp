// A WebSocket client that talks without pause: nobody waits for it, nothing is kept of what it
// says.

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <string>
#include <string_view>
#include <thread>

#include "common/wire/json.hpp"
#include "daemon/feed/websocket.hpp"
#include "feed_fixture.hpp"
#include "support/catch.hpp"
#include "support/memory.hpp"
#include "support/websocket.hpp"

namespace taskman::test {
namespace {

using feed::Encoding;
using feed::WebSocketInput;

constexpr unsigned kText = 0x81, kPing = 0x89;

std::string many(const std::string& frame, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += frame;
  return text;
}

/// A client that has said something before anybody listens.
struct Talker {
  Talker() {
    int ends[2] = {-1, -1};
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
    client.reset(ends[0]);
    server.reset(ends[1]);
    REQUIRE(::fcntl(server.get(), F_SETFL, O_NONBLOCK) == 0);
    watched.reset(::fcntl(server.get(), F_DUPFD_CLOEXEC, 0));
  }

  void say(const std::string& frames) const {
    REQUIRE(::send(client.get(), frames.data(), frames.size(), 0) == std::ssize(frames));
  }

  /// Bytes that nobody has read.
  std::size_t unheard() const {
    int bytes = 0;
    REQUIRE(::ioctl(watched.get(), FIONREAD, &bytes) == 0);
    return static_cast<std::size_t>(bytes);
  }

  util::Fd client;
  util::Fd server;
  util::Fd watched;  ///< the same as server, which the hub takes
};

/// Sends the same frames over and over on a thread of its own, as fast as the other end takes them.
class Flood {
 public:
  Flood(int fd, std::string frames)
      : fd_(fd), frames_(std::move(frames)), thread_([this] {
          for (ssize_t put = 0; put >= 0;) {
            sent_ += static_cast<std::size_t>(put);
            put = ::send(fd_, frames_.data(), frames_.size(), MSG_NOSIGNAL);
          }
        }) {}
  ~Flood() {
    ::shutdown(fd_, SHUT_RDWR);
    thread_.join();
  }
  Flood(const Flood&) = delete;
  Flood& operator=(const Flood&) = delete;

  std::size_t sent() const { return sent_; }

 private:
  const int fd_;
  const std::string frames_;
  std::atomic<std::size_t> sent_{0};
  std::thread thread_;
};

}  // namespace

TEST_CASE("of all that clients say each is heard for its share of a turn") {
  FeedFixture feed;
  constexpr std::size_t kSaid = 4 * WebSocketInput::kShare;
  const std::string said = many(client_frame(kText, "news of nothing"), kSaid);
  Talker talkers[3];
  for (Talker& talker : talkers) talker.say(said);
  const auto adopt = [&] {
    for (Talker& talker : talkers)
      feed.hub().adopt(std::move(talker.server), {.encoding = Encoding::kWebSocket}, "");
  };
  feed.on_loop(adopt, [&] {
    for (const Talker& talker : talkers)
      CHECK(talker.unheard() == said.size() - WebSocketInput::kShare);
  });
  // What no event tells is heard all the same.
  feed.wait_for([&](const auto&) {
    return std::ranges::all_of(talkers, [](const Talker& each) { return each.unheard() == 0; });
  });
  CHECK(feed.hub().figures().subscriptions == 3);
}

TEST_CASE("clients that talk without pause hold up no live reader, and nothing is kept of it") {
  FeedFixture feed;
  const std::string pings = many(client_frame(kPing, ""), 64 * 1024);
  auto live = feed.connect({.encoding = Encoding::kNdjson});
  live.read_line();
  const std::int64_t held = held_bytes();
  auto first = feed.connect({.encoding = Encoding::kWebSocket});
  auto second = feed.connect({.encoding = Encoding::kWebSocket});
  const Flood floods[] = {{first.descriptor(), pings}, {second.descriptor(), pings}};
  for (std::int64_t rev = 1; rev <= 20; ++rev) {
    feed.add(task_of("t"));
    REQUIRE(wire::decode_frame(live.read_line()).cursor.rev == rev);
  }
  for (const Flood& flood : floods) {  // they are heard all the time
    const std::size_t before = flood.sent();
    feed.wait_for([&](const auto&) { return flood.sent() > before + 1024 * 1024; });
  }
  CHECK(feed.hub().figures().subscriptions == 3);
  CHECK(held_bytes() - held < 8 * 1024 * 1024);
}

TEST_CASE("of what a client says no more than its share is taken at once") {
  Talker talker;
  constexpr std::size_t kShares = 4;
  talker.say(many(client_frame(kPing, "still there?"), kShares * WebSocketInput::kShare));
  WebSocketInput input;
  std::string answers;
  for (std::size_t i = 0; i < kShares; ++i)
    CHECK(input.read(talker.server.get(), answers) == WebSocketInput::State::kMore);
  CHECK(input.read(talker.server.get(), answers) == WebSocketInput::State::kOpen);
  CHECK(answers == "\x8a\x0cstill there?");
}

}  // namespace taskman::test
