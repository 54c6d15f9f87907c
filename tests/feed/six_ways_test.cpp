// The same history, read over every way there is: the same frames, byte for byte.

#include "common/wire/json.hpp"
#include "common/wire/log.hpp"
#include "support/build_paths.hpp"
#include "ways.hpp"

namespace taskman::test {
namespace {

Frames by_the_program(const House& house, const std::vector<std::string>& flags,
                      std::size_t count) {
  Command command{.argv = {std::string(kBinDir) + "/taskman", "watch", "--json"},
                  .environment = house.daemon().environment()};
  command.argv.insert(command.argv.end(), flags.begin(), flags.end());
  Process watcher(command);
  Frames frames;
  while (frames.size() < count) frames.push_back(watcher.read_line());
  return frames;
}

TEST_CASE("one history gives the same frames on every transport, by the Unix socket and by TCP") {
  House house;
  const std::string start = house.head();
  make_history(house, 150);
  const std::string select =
      GENERATE("", "&filter=is:open", "&types=task.updated,sprint.progress", "&task=3,5",
               "&sprint=One", "&project=web", "&project=web&filter=label:x");
  INFO(select);
  Wish wish{.door = Door::kUnix, .query = "since=" + start + select, .count = 0};
  const Frames frames = polled(house, wish);
  REQUIRE(frames.size() > 3);
  wish.count = frames.size();
  for (const Door door : {Door::kUnix, Door::kTcp}) {
    wish.door = door;
    CHECK(polled(house, wish) == frames);
    CHECK(polled(house, wish, "&wait=30") == frames);
    CHECK(by_lines(house, wish) == frames);
    CHECK(by_events(house, wish) == frames);
    CHECK(by_messages(house, wish) == frames);
  }
  if (select.empty()) {
    CHECK(by_the_program(house, {"--since", start}, wish.count) == frames);
    CHECK(by_the_program(house, {"--since", start, "--poll=1"}, wish.count) == frames);
  }
}

TEST_CASE("a change that is waited for is the same on every transport") {
  House house;
  const std::string query = "since=" + house.head();
  std::vector<HttpClient> polls, lines, events;
  std::vector<WebSocket> sockets;
  for (const Door door : {Door::kUnix, Door::kTcp}) {
    polls.push_back(house.ask(door, query + "&wait=300", ""));
    lines.push_back(house.ask(door, query, "Accept: application/x-ndjson\r\n"));
    lines.back().read_head();
    lines.back().read_line();
    events.push_back(house.ask(door, query, "Accept: text/event-stream\r\n"));
    events.back().read_head();
    sockets.emplace_back(house.connect(door), "?" + query, house.headers(door));
    sockets.back().read();
  }
  const std::string wanted = [&] {
    house.write("POST", "tasks", R"({"title":"a"})");
    return polled(house, {.door = Door::kUnix, .query = query, .count = 1}).at(0);
  }();
  for (std::size_t i = 0; i < 2; ++i) {
    const auto answer = wire::decode_envelope(polls[i].read_reply().body);
    CHECK(wire::split_array(answer.data) == Frames{wanted});
    CHECK(lines[i].read_line() == wanted);
    std::string line;
    while (line != "event: change") line = events[i].read_line();
    CHECK(events[i].read_line() == "data: " + wanted);
    CHECK(sockets[i].read().payload == wanted);
  }
}

}  // namespace
}  // namespace taskman::test
