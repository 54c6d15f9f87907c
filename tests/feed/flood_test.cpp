// A WebSocket client that talks without pause: nobody waits for it, nothing is kept of what it
// says.

#include <sys/socket.h>

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

TEST_CASE("clients that talk without pause hold up no live reader") {
  FeedFixture feed;
  const auto frame = GENERATE(client_frame(kPing, ""), client_frame(kText, "news of nothing"));
  auto live = feed.connect({.encoding = Encoding::kNdjson});
  live.read_line();
  const std::int64_t held = held_bytes();
  auto first = feed.connect({.encoding = Encoding::kWebSocket});
  auto second = feed.connect({.encoding = Encoding::kWebSocket});
  const Flood floods[] = {{first.descriptor(), many(frame, 64 * 1024)},
                          {second.descriptor(), many(frame, 64 * 1024)}};
  for (std::int64_t rev = 1; rev <= 100; ++rev) {
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
  int ends[2] = {-1, -1};
  REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
  const util::Fd client(ends[0]);
  const util::Fd server(ends[1]);
  constexpr std::size_t kShares = 4;
  const std::string said =
      many(client_frame(kPing, "still there?"), kShares * WebSocketInput::kShare);
  REQUIRE(::send(client.get(), said.data(), said.size(), 0) == std::ssize(said));
  WebSocketInput input;
  std::string answers;
  for (std::size_t i = 0; i < kShares; ++i)
    CHECK(input.read(server.get(), answers) == WebSocketInput::State::kMore);
  CHECK(input.read(server.get(), answers) == WebSocketInput::State::kOpen);
  CHECK(answers == "\x8a\x0cstill there?");
}

}  // namespace taskman::test
