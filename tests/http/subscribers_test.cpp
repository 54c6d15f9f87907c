// /api/v1/subscribers: who reads the change feed.

#include <algorithm>

#include "common/wire/subscriber.hpp"
#include "http/api.hpp"
#include "support/websocket.hpp"

namespace taskman::test {
namespace {

std::vector<wire::Subscriber> subscribers(Api& api) {
  std::vector<wire::Subscriber> found;
  for (const auto& item : items(api.get("/api/v1/subscribers"))) {
    found.push_back(wire::decode_subscriber(item));
  }
  std::ranges::sort(found, {}, &wire::Subscriber::transport);
  return found;
}

TEST_CASE("nobody reads, and nobody is told of") {
  Api api;
  CHECK(subscribers(api).empty());
}

TEST_CASE("readers of every kind, who they are and what they want") {
  Api api;
  const std::string task = api.add();
  HttpClient sse = api.daemon().connect();
  sse.send(
      "GET /events?filter=label:x&types=task.updated HTTP/1.1\r\nHost: x\r\n"
      "Accept: text/event-stream\r\nTaskman-Actor: ana\r\nTaskman-Origin: web\r\n\r\n");
  sse.read_head();
  HttpClient lines = api.daemon().connect();
  lines.send("GET /events?task=" + task +
             " HTTP/1.1\r\nHost: x\r\nAccept: application/x-ndjson\r\n\r\n");
  lines.read_head();
  WebSocket socket(api.daemon().connect());
  HttpClient poll = api.daemon().connect();
  poll.send("GET /events?wait=300&task=77&since=" + api.head() + " HTTP/1.1\r\nHost: x\r\n\r\n");
  api.await_parked(1);
  api.add();

  const auto found = subscribers(api);
  REQUIRE(found.size() == 4);
  CHECK(found[0].transport == "long_poll");
  CHECK(found[0].wants == "task=77");
  CHECK(found[1].transport == "ndjson");
  CHECK(found[1].wants == "task=" + task);
  CHECK(found[2].transport == "sse");
  CHECK(found[2].actor == "ana");
  CHECK(found[2].origin == "web");
  CHECK(found[2].wants == "filter=label:x&types=task.updated");
  CHECK(found[2].frames == 0);
  CHECK(found[3].transport == "websocket");
  CHECK(found[3].wants.empty());
  CHECK(found[3].frames == 1);
  for (const auto& each : found) {
    CHECK(each.cursor == api.head());
    CHECK(each.lag == 0);
    CHECK_FALSE(each.blocked);
  }
}

TEST_CASE("of a reader that takes nothing it shows how far behind it is") {
  Api api;
  HttpClient stuck = api.daemon().connect();
  stuck.send("GET /events HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n");
  stuck.read_head();
  const std::string body = R"({"title":"a","body":")" + std::string(60'000, 'x') + R"("})";
  const auto is_behind = [&] { return subscribers(api).at(0).lag > 0; };
  for (int i = 0; i < 1000 && !is_behind(); ++i) api.add(body);
  const auto found = subscribers(api).at(0);
  CHECK(found.blocked);
  CHECK(found.lag > 0);
  CHECK(found.cursor != api.head());
}

}  // namespace
}  // namespace taskman::test
