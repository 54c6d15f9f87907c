// /api/v1/events as its clients ask for it. What streams do is told in tests/feed.

#include "http/api.hpp"
#include "support/websocket.hpp"

namespace taskman::test {
namespace {

TEST_CASE("a poll: the changes after a cursor, and an idle one is 304") {
  Api api;
  const std::string start = api.head();
  api.add();
  const HttpReply reply = api.get("/api/v1/events?since=" + start);
  CHECK(items(reply).size() == 1);
  CHECK(envelope(reply).more == false);
  const Headers known{{"If-None-Match", reply.header("ETag")}};
  const std::string after = "/api/v1/events?since=" + reply.header("Taskman-Cursor");
  CHECK(api.get(after, known).status == 304);
  CHECK(items(api.get(after)).empty());
  api.add();
  CHECK(items(api.get(after, known)).size() == 1);
}

TEST_CASE("an idle poll runs no statement") {
  Api api;
  api.add();
  const std::string head = api.head();
  const auto statements = [&] { return api.metric("taskman_store_statements_total"); };
  const auto before = statements();
  for (int i = 0; i < 10; ++i) {
    CHECK(api.get("/events?since=" + head, {{"If-None-Match", '"' + head + '"'}}).status == 304);
    CHECK(api.get("/events?since=" + head).status == 200);
  }
  CHECK(statements() == before);
}

TEST_CASE("a long poll waits for a commit, on a connection that lives on") {
  Api api;
  HttpClient client = api.daemon().connect();
  const std::string since = "GET /events?wait=300&since=";
  client.send(since + api.head() + " HTTP/1.1\r\nHost: x\r\n\r\n");
  api.await_parked(1);
  api.add();
  const HttpReply reply = client.read_reply();
  CHECK(reply.status == 200);
  CHECK(items(reply).size() == 1);
  CHECK(reply.header("Taskman-Cursor") == api.head());
  client.send("GET /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(client.read_reply().status == 200);
}

TEST_CASE("a long poll that finds something does not wait") {
  Api api;
  const std::string start = api.head();
  api.add();
  CHECK(items(api.get("/events?wait=300&since=" + start)).size() == 1);
}

TEST_CASE("a long poll whose filter matched nothing answers 204 with a newer cursor") {
  Api api;
  HttpClient client = api.daemon().connect();
  client.send("GET /events?wait=1&filter=label:x&since=" + api.head() +
              " HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"" + api.head() + "\"\r\n\r\n");
  api.await_parked(1);
  api.add();
  const HttpReply reply = client.read_reply();
  CHECK(reply.status == 204);
  CHECK(reply.body.empty());
  CHECK(reply.header("Taskman-Cursor") == api.head());
}

TEST_CASE("a client that hangs up is not waited for") {
  Api api;
  {
    HttpClient client = api.daemon().connect();
    client.send("GET /events?wait=300&since=" + api.head() + " HTTP/1.1\r\nHost: x\r\n\r\n");
    api.await_parked(1);
  }
  api.await_parked(0);
}

TEST_CASE("a daemon that ends answers its long polls") {
  Api api;
  HttpClient client = api.daemon().connect();
  client.send("GET /events?wait=300&since=" + api.head() + " HTTP/1.1\r\nHost: x\r\n\r\n");
  api.await_parked(1);
  api.stop();
  CHECK(client.read_reply().status == 204);
}

TEST_CASE("how long a poll may wait") {
  Api api;
  CHECK(problem(api.get("/events?wait=301")) == "invalid_value");
  CHECK(problem(api.get("/events?wait=-1")) == "invalid_value");
  CHECK(api.get("/events?wait=0").status == 200);
}

TEST_CASE("a poll with a limit says that there is more") {
  Api api;
  for (int i = 0; i < 3; ++i) api.add();
  const HttpReply reply = api.get("/events?limit=2");
  CHECK(items(reply).size() == 2);
  CHECK(envelope(reply).more == true);
  CHECK(items(api.get("/events?limit=2&since=" + reply.header("Taskman-Cursor"))).size() == 1);
}

TEST_CASE("a cursor that cannot be followed is gone, with the reason") {
  Api api;
  const HttpReply reply = api.get("/events?since=7-0123456789abcdef");
  CHECK(reply.status == 410);
  CHECK(problem(reply) == "cursor_gone");
  CHECK_THAT(reply.body, ContainsSubstring("ahead") && ContainsSubstring(api.head()));
}

TEST_CASE("a poll of one task, of one sprint, of some types") {
  Api api;
  REQUIRE(api.post("/api/v1/sprints", R"({"name":"S1"})").status == 201);
  api.add(R"({"title":"a","sprint":"S1"})");
  api.add();
  CHECK(items(api.get("/events?task=2")).size() == 1);
  CHECK(items(api.get("/events?task=1,2")).size() == 2);
  CHECK(items(api.get("/events?sprint=S1")).size() == 2);
  CHECK(items(api.get("/events?types=sprint.progress")).size() == 1);
  CHECK(items(api.get("/events?filter=sprint:none")).size() == 1);
  CHECK(problem(api.get("/events?task=x")) == "invalid_value");
  CHECK(problem(api.get("/events?types=task.updted")) == "invalid_value");
  CHECK(problem(api.get("/events?sprint=S9")) == "not_found");
}

TEST_CASE("by Accept the same address is a poll or a stream") {
  Api api;
  const auto type_of = [&](const std::string& accept) {
    HttpClient client = api.daemon().connect();
    client.send("GET /events HTTP/1.1\r\nHost: x\r\nAccept: " + accept + "\r\n\r\n");
    return client.read_head().header("Content-Type");
  };
  CHECK(type_of("*/*") == "application/json");
  CHECK(type_of("application/*") == "application/json");
  CHECK(type_of("text/event-stream") == "text/event-stream");
  CHECK(type_of("application/x-ndjson") == "application/x-ndjson");
  CHECK(type_of("text/*") == "text/event-stream");
  CHECK(type_of("application/json;q=0.5, text/event-stream") == "text/event-stream");
  CHECK(type_of("text/html, text/event-stream;q=0") == "application/problem+json");
  CHECK(type_of("text/event-stream;q=nan") == "application/problem+json");
  CHECK(type_of("application/json, text/event-stream;q=inf") == "application/json");
  CHECK(type_of("text/html\r\nAccept: text/event-stream") == "text/event-stream");
  CHECK(problem(api.get("/events", {{"Accept", "image/png"}})) == "not_acceptable");
}

TEST_CASE("a stream cannot be cached or held back") {
  Api api;
  HttpClient client = api.daemon().connect();
  client.send("GET /events HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n");
  const HttpReply head = client.read_head();
  CHECK(head.status == 200);
  CHECK(head.header("Cache-Control") == "no-store, no-transform");
  CHECK(head.header("X-Accel-Buffering") == "no");
}

TEST_CASE("a stream goes on from Last-Event-ID rather than from the address") {
  Api api;
  const std::string start = api.head();
  api.add();
  const std::string middle = api.head();
  api.add();
  HttpClient client = api.daemon().connect();
  client.send("GET /events?since=" + start +
              " HTTP/1.1\r\nHost: x\r\nAccept: application/x-ndjson\r\nLast-Event-ID: " + middle +
              "\r\n\r\n");
  CHECK(client.read_head().status == 200);
  std::string line;
  do {
    line = client.read_line();
  } while (line.find("\"changes\"") == std::string::npos);
  CHECK_THAT(line, ContainsSubstring("\"rev\":2"));
}

TEST_CASE("of two Last-Event-IDs none is followed in silence") {
  Api api;
  const std::string here = api.head();
  HttpClient client = api.daemon().connect();
  client.send("GET /events HTTP/1.1\r\nHost: x\r\nAccept: application/x-ndjson\r\nLast-Event-ID: " +
              here + "\r\nLast-Event-ID: 7-0123456789abcdef\r\n\r\n");
  CHECK(client.read_head().status == 200);
  client.read_line();
  CHECK_THAT(client.read_line(), ContainsSubstring(R"({"reset":{"reason":"malformed")"));
}

TEST_CASE("a stream that cannot be understood is refused before it begins") {
  Api api;
  const Headers stream{{"Accept", "text/event-stream"}};
  CHECK(problem(api.get("/events?filter=status:dnoe", stream)) == "invalid_value");
  CHECK(problem(api.get("/events?sprint=S9", stream)) == "not_found");
  CHECK(problem(api.get("/events?sinse=1", stream)) == "invalid_value");
}

TEST_CASE("a parameter that cannot be obeyed is refused, with the way out") {
  Api api;
  const Headers stream{{"Accept", "text/event-stream"}};
  const Headers lines{{"Accept", "application/x-ndjson"}};
  const auto refused = [&](const std::string& query, const Headers& headers = {}) {
    const HttpReply reply = api.get("/events?" + query, headers);
    INFO(query << ": " << reply.body);
    CHECK(problem(reply) == "invalid_value");
    return reply.body;
  };
  SECTION("those of the other way of reading") {
    CHECK_THAT(refused("limit=5", stream), ContainsSubstring("limit is of a poll") &&
                                               ContainsSubstring("accept application/json"));
    refused("latest=5", lines);
    refused("wait=5", lines);
    CHECK_THAT(refused("snapshot=1"), ContainsSubstring("snapshot is of a stream") &&
                                          ContainsSubstring("accept text/event-stream"));
    refused("snapshot=1&wait=5");
    CHECK(WebSocket(api.daemon().connect(), "?limit=5").head().status == 422);
  }
  SECTION("two of which one would win") {
    CHECK_THAT(refused("snapshot=1&since=" + api.head(), stream),
               ContainsSubstring("since and snapshot cannot both be obeyed"));
    refused("latest=5&limit=5");
    refused("latest=5&since=" + api.head());
    CHECK(WebSocket(api.daemon().connect(), "?snapshot=1&since=1-0").head().status == 422);
  }
  SECTION("lists of nothing, and sprints of a filter that is not there") {
    CHECK_THAT(refused("types=", stream), ContainsSubstring("types is empty"));
    refused("task=");
    CHECK_THAT(refused("sprints_of=web", stream), ContainsSubstring("there is none"));
  }
  CHECK(api.get("/events?filter=&since=" + api.head()).status == 200);
}

TEST_CASE("an idle poll for what is not known is refused, not answered with nothing") {
  Api api;
  const std::string idle = "/events?since=" + api.head();
  CHECK(problem(api.get(idle + "&filter=status:dnoe")) == "invalid_value");
  CHECK(problem(api.get(idle + "&types=task.updted")) == "invalid_value");
  CHECK(problem(api.get(idle + "&sprint=S9")) == "not_found");
}

}  // namespace
}  // namespace taskman::test
