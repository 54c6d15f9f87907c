// The same history, read over every way there is: the same frames, byte for byte.

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "common/wire/fields.hpp"
#include "common/wire/json.hpp"
#include "common/wire/log.hpp"
#include "support/build_paths.hpp"
#include "support/catch.hpp"
#include "support/daemon_fixture.hpp"
#include "support/websocket.hpp"

namespace taskman::test {
namespace {

using Frames = std::vector<std::string>;

/// By which a client comes in.
enum class Door { kUnix, kTcp };

/// A daemon with both doors, and somebody who writes.
class House {
 public:
  HttpClient connect(Door door) const {
    return door == Door::kTcp ? HttpClient(daemon_.port()) : daemon_.connect();
  }
  /// The header lines that door wants.
  std::string headers(Door door) const {
    if (door == Door::kUnix) return "Host: x\r\n";
    return "Host: 127.0.0.1:" + std::to_string(daemon_.port()) + "\r\nAuthorization: Bearer " +
           daemon_.token() + "\r\n";
  }
  HttpClient ask(Door door, const std::string& query, const std::string& more) const {
    HttpClient client = connect(door);
    client.send("GET /events?" + query + " HTTP/1.1\r\n" + headers(door) + more + "\r\n");
    return client;
  }

  HttpReply write(const std::string& method, const std::string& path,
                  const std::string& body = {}) {
    return writer_.request({.method = method,
                            .target = "/api/v1/" + path,
                            .headers = {{"Content-Type", "application/json"}},
                            .body = body});
  }
  std::string head() const {
    return daemon_.http({.target = "/api/v1/health"}).header("Taskman-Cursor");
  }
  const DaemonFixture& daemon() const { return daemon_; }

 private:
  DaemonFixture daemon_{{"--listen", "127.0.0.1:0"}};
  HttpClient writer_{daemon_.socket()};
};

/// Everything that can happen, at random; what is refused changes nothing.
void make_history(House& house, int writes) {
  std::mt19937 random(20261126);
  const auto pick = [&](int below) {
    return static_cast<int>(random() % static_cast<unsigned>(below));
  };
  house.write("POST", "projects", R"({"key":"web","name":"Web"})");
  house.write("POST", "sprints", R"({"name":"One"})");
  house.write("POST", "sprints/One/start");
  for (int i = 0; i < writes; ++i) {
    const std::string task = "tasks/" + std::to_string(1 + pick(12));
    const std::vector<std::function<void()>> moves{
        [&] { house.write("POST", "tasks", R"({"title":"plain \u2014 “quoted” \\ \n?"})"); },
        [&] {
          house.write("POST", "tasks", R"({"title":"of web","project":"web","sprint":"One"})");
        },
        [&] { house.write("PATCH", task, R"({"sprint":"One","points":3})"); },
        [&] { house.write("PATCH", task, R"({"sprint":null,"add_labels":["x"]})"); },
        [&] { house.write("PATCH", task, R"({"project":"web","body":"line\nline"})"); },
        [&] { house.write("PATCH", task, R"({"project":null})"); },
        [&] { house.write("POST", task + "/start"); },
        [&] { house.write("POST", task + "/done"); },
        [&] { house.write("POST", task + "/reopen"); },
        [&] { house.write("POST", task + "/comments", R"({"text":"seen"})"); },
        [&] { house.write("DELETE", task); }};
    moves[static_cast<std::size_t>(pick(static_cast<int>(moves.size())))]();
  }
}

struct Wish {
  Door door;
  std::string query;
  std::size_t count;
};

Frames polled(const House& house, const Wish& wish, const std::string& wait = {}) {
  HttpClient client = house.ask(wish.door, wish.query + wait, "Accept: application/json\r\n");
  return wire::split_array(wire::decode_envelope(client.read_reply().body).data);
}

Frames by_lines(const House& house, const Wish& wish) {
  HttpClient client = house.ask(wish.door, wish.query, "Accept: application/x-ndjson\r\n");
  REQUIRE(client.read_head().status == 200);
  client.read_line();  // hello
  Frames frames;
  while (frames.size() < wish.count) frames.push_back(client.read_line());
  return frames;
}

Frames by_events(const House& house, const Wish& wish) {
  HttpClient client = house.ask(wish.door, wish.query, "Accept: text/event-stream\r\n");
  REQUIRE(client.read_head().status == 200);
  Frames frames;
  bool is_change = false;
  std::string id;
  while (frames.size() < wish.count) {
    const std::string line = client.read_line();
    if (line.starts_with("id: ")) id = line.substr(4);
    if (line.starts_with("event: ")) is_change = line == "event: change";
    if (!is_change || !line.starts_with("data: ")) continue;
    frames.push_back(line.substr(6));
    CHECK(wire::field_text(frames.back(), "cursor") == id);
  }
  return frames;
}

Frames by_messages(const House& house, const Wish& wish) {
  WebSocket socket(house.connect(wish.door), "?" + wish.query, house.headers(wish.door));
  REQUIRE(socket.head().status == 101);
  socket.read();  // hello
  Frames frames;
  while (frames.size() < wish.count) frames.push_back(socket.read().payload);
  return frames;
}

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
