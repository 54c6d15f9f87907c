// Fifty readers, of every kind and by both doors, while others write at random: one history.

#include <functional>
#include <future>
#include <thread>

#include "common/wire/fields.hpp"
#include "common/wire/json.hpp"
#include "common/wire/log.hpp"
#include "ways.hpp"

namespace taskman::test {
namespace {

constexpr std::size_t kReaders = 50;
constexpr int kWriters = 4;
constexpr int kWritesEach = 40;
constexpr std::string_view kLast = "the last of all";

bool is_last(const std::string& frame) { return frame.find(kLast) != std::string::npos; }

/// What a reader was told, up to the last change of all.
Frames polls(const House& house, Door door, std::string since, const std::string& wait) {
  Frames frames;
  while (frames.empty() || !is_last(frames.back())) {
    HttpClient client =
        house.ask(door, "limit=7&since=" + since + wait, "Accept: application/json\r\n");
    const HttpReply reply = client.read_reply();
    if (reply.status == 204) continue;
    const auto answer = wire::decode_envelope(reply.body);
    for (auto& frame : wire::split_array(answer.data)) frames.push_back(std::move(frame));
    since = model::to_string(answer.cursor.value());
  }
  return frames;
}

Frames lines(HttpClient client) {
  Frames frames;
  for (std::string line; !is_last(line);) {
    line = client.read_line();
    if (line.find(R"("changes":)") != std::string::npos) frames.push_back(line);
  }
  return frames;
}

Frames events(HttpClient client) {
  Frames frames;
  while (frames.empty() || !is_last(frames.back())) {
    const std::string line = client.read_line();
    if (line.starts_with("data: ") && line.find(R"("changes":)") != std::string::npos)
      frames.push_back(line.substr(6));
  }
  return frames;
}

Frames messages(WebSocket socket) {
  Frames frames;
  while (frames.empty() || !is_last(frames.back())) {
    auto message = socket.read();
    if (message.payload.find(R"("changes":)") != std::string::npos)
      frames.push_back(std::move(message.payload));
  }
  return frames;
}

/// Polls ask from now on; streams are there from now on, and read when their frames are asked for.
std::future<Frames> begin(std::size_t number, const House& house, const std::string& since) {
  constexpr auto kNow = std::launch::async;
  constexpr auto kLater = std::launch::deferred;
  const Door door = number % 2 == 0 ? Door::kUnix : Door::kTcp;
  const std::string query = "since=" + since;
  switch (number / 2 % 5) {
    case 0:
      return std::async(kLater, events, house.ask(door, query, "Accept: text/event-stream\r\n"));
    case 1:
      return std::async(kLater, lines, house.ask(door, query, "Accept: application/x-ndjson\r\n"));
    case 2:
      return std::async(kLater, messages,
                        WebSocket(house.connect(door), '?' + query, house.headers(door)));
    case 3:
      return std::async(kNow, polls, std::cref(house), door, since, "&wait=30");
    default:
      return std::async(kNow, polls, std::cref(house), door, since, "");
  }
}

}  // namespace

TEST_CASE("fifty readers of every kind are told one history, in the order of its revisions") {
  House house;
  const std::string since = house.head();
  std::vector<std::future<Frames>> readers;
  for (std::size_t i = 0; i < kReaders; ++i) readers.push_back(begin(i, house, since));
  std::vector<std::thread> writers;
  for (unsigned i = 0; i < kWriters; ++i) {
    writers.emplace_back([&house, i] { write_at_random(house, i + 1, kWritesEach); });
  }
  for (auto& writer : writers) writer.join();
  house.write("POST", "tasks", R"({"title":")" + std::string(kLast) + R"("})");

  const Frames told = readers.front().get();
  REQUIRE(told.size() > kWriters * kWritesEach / 4);
  std::int64_t rev = 0;
  for (const auto& text : told) {
    const auto frame = wire::decode_frame(text);
    REQUIRE(frame.cursor.rev == ++rev);
    REQUIRE(frame.prev == rev - 1);
  }
  for (std::size_t i = 1; i < kReaders; ++i) {
    INFO("reader " << i);
    REQUIRE(readers[i].get() == told);
  }
}

}  // namespace taskman::test
