#include "ways.hpp"

#include <functional>
#include <random>

#include "common/wire/fields.hpp"
#include "common/wire/json.hpp"

namespace taskman::test {

HttpClient House::connect(Door door) const {
  return door == Door::kTcp ? HttpClient(daemon_.port()) : daemon_.connect();
}

std::string House::headers(Door door) const {
  if (door == Door::kUnix) return "Host: x\r\n";
  return "Host: 127.0.0.1:" + std::to_string(daemon_.port()) + "\r\nAuthorization: Bearer " +
         daemon_.token() + "\r\n";
}

HttpClient House::ask(Door door, const std::string& query, const std::string& more) const {
  HttpClient client = connect(door);
  client.send("GET /events?" + query + " HTTP/1.1\r\n" + headers(door) + more + "\r\n");
  return client;
}

HttpReply House::write(const std::string& method, const std::string& path,
                       const std::string& body) {
  return writer_.request({.method = method,
                          .target = "/api/v1/" + path,
                          .headers = {{"Content-Type", "application/json"}},
                          .body = body});
}

std::string House::head() const {
  return daemon_.http({.target = "/api/v1/health"}).header("Taskman-Cursor");
}

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

void write_at_random(const House& house, unsigned seed, int writes) {
  std::mt19937 random(seed);
  HttpClient client = house.connect(Door::kUnix);
  for (int i = 0; i < writes; ++i) {
    const std::string task = "/api/v1/tasks/" + std::to_string(1 + random() % 20);
    HttpRequest request{.method = "POST",
                        .target = "/api/v1/tasks",
                        .headers = {{"Content-Type", "application/json"}},
                        .body = R"({"title":"a","labels":["x"]})"};
    switch (random() % 4) {
      case 0:
        request = {.method = "DELETE", .target = task};
        break;
      case 1:
        request = {.method = "POST", .target = task + "/done"};
        break;
      case 2:
        request.method = "PATCH";
        request.target = task;
        request.body = R"({"title":"b","points":2})";
        break;
      default:
        break;
    }
    client.request(request);
  }
}

Frames polled(const House& house, const Wish& wish, const std::string& wait) {
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

}  // namespace taskman::test
