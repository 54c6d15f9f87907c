// What every answer says, and how paths and methods find their route.

#include "daemon/http/path_table.hpp"
#include "hostile.hpp"
#include "support/catch.hpp"

namespace taskman::test {

TEST_CASE("every answer names the daemon, its store and the request") {
  HttpServer server;
  const std::string target =
      GENERATE("/api/v1/health", "/no/such/path", "/api/v1/broken", "/bad path");
  HttpClient client(server.socket());
  const HttpReply reply = client.request({.target = target});
  CHECK(reply.header("Taskman-Version") == "1.2.3");
  CHECK(reply.header("Taskman-Protocol") == "1-1");
  CHECK(reply.header("Taskman-Store") == "s0");
  CHECK(reply.header("X-Content-Type-Options") == "nosniff");
  CHECK(reply.header("Cache-Control") == "no-store");
  CHECK_THAT(reply.header("Date"), EndsWith(" GMT"));
  CHECK(reply.header("X-Request-Id").size() > 8);
}

TEST_CASE("an unknown path is a problem that names what is near") {
  HttpServer server;
  HttpClient client(server.socket());
  const HttpReply reply = client.request({.target = "/api/v1/helth"});
  CHECK(reply.status == 404);
  CHECK(reply.header("Content-Type") == "application/problem+json");
  CHECK_THAT(reply.body, ContainsSubstring("did you mean /api/v1/health?"));
  CHECK_THAT(reply.body, ContainsSubstring(reply.header("X-Request-Id")));
  CHECK_THAT(client.request({.target = "/quite/another/thing"}).body,
             ContainsSubstring("/openapi.json"));
}

TEST_CASE("a method that a path does not have is answered with those it has") {
  HttpServer server;
  HttpClient client(server.socket());
  const HttpReply reply = client.request({.method = "PUT", .target = "/api/v1/tasks/1"});
  CHECK(reply.status == 405);
  CHECK(reply.header("Allow") == "DELETE, GET, HEAD, OPTIONS");
  const HttpReply options = client.request({.method = "OPTIONS", .target = "/api/v1/tasks/1"});
  CHECK(options.status == 204);
  CHECK(options.header("Allow") == "DELETE, GET, HEAD, OPTIONS");
  CHECK(options.header("Content-Length").empty());
  CHECK(client.request({.method = "OPTIONS", .target = "/no/such/path"}).status == 404);
}

TEST_CASE("HEAD is GET without the body") {
  HttpServer server;
  HttpClient client(server.socket());
  const HttpReply get = client.request({.target = "/api/v1/health"});
  client.send("HEAD /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n");
  const HttpReply head = client.read_head();
  CHECK(head.status == 200);
  CHECK(head.header("Content-Length") == get.header("Content-Length"));
  CHECK(client.request({.target = "/api/v1/tasks/7"}).body ==
        "7|host:localhost");  // no body was in between
  client.send("HEAD /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(client.read_head().status == 200);
  CHECK(client.read_to_end().empty());
  CHECK(server.streams() == 0);
}

TEST_CASE("an answer the client has is 304") {
  HttpServer server;
  HttpClient client(server.socket());
  const std::string known = GENERATE("\"v1\"", "W/\"v1\"", "\"v0\", \"v1\"", "*");
  client.send("GET /api/v1/tasks/1 HTTP/1.1\r\nHost: x\r\nIf-None-Match: " + known + "\r\n\r\n");
  const HttpReply reply = client.read_head();
  CHECK(reply.status == 304);
  CHECK(reply.header("ETag") == "\"v1\"");
  CHECK(reply.header("Content-Length").empty());
  CHECK(client.request({.target = "/api/v1/tasks/1", .headers = {{"If-None-Match", "\"v2\""}}})
            .status == 200);
}

TEST_CASE(
    "an unexpected exception is a 500 that tells nothing, and is in the log under the request's "
    "id") {
  HttpServer server;
  HttpClient client(server.socket());
  const HttpReply reply = client.request({.target = "/api/v1/broken"});
  CHECK(reply.status == 500);
  CHECK(reply.body.find("secret") == std::string::npos);
  const std::string id = reply.header("X-Request-Id");
  CHECK(server.logged() ==
        std::vector<std::string>{"request failed request=" + id + " what=secret detail"});
}

TEST_CASE("paths and queries are decoded once") {
  HttpServer server;
  HttpClient client(server.socket());
  CHECK(client.request({.target = "/api/v1/tasks/a%2Fb%2520c"}).body == "a/b%20c|host:localhost");
  CHECK(client.request({.target = "/api/v1/tasks/1?f=a%26b+c%3D&g=?"}).body ==
        "1|f=a&b c=|g=?|host:localhost");
  CHECK(client.request({.target = "/api/v1/tasks/1?f=points>=3&g==&h=a=b=c"}).body ==
        "1|f=points>=3|g==|h=a=b=c|host:localhost");
  CHECK(client.request({.target = "/api/v1/tasks/%zz"}).status == 400);
  CHECK(client.request({.target = "/api/v1/tasks/%00"}).status == 400);
  CHECK(client.request({.target = "/api/v1/tasks/"}).status == 404);
  CHECK(client.request({.target = "/api/v1//tasks"}).status == 404);
}

TEST_CASE("a parameter that is given twice is an error") {
  HttpServer server;
  HttpClient client(server.socket());
  CHECK(client.request({.target = "/api/v1/events?since=1&since=2"}).status == 422);
}

TEST_CASE("a fixed segment wins over a capture") {
  http::PathTable table;
  table.add("/tasks/{id}");
  table.add("/tasks/bulk");
  table.add("/tasks/{id}/done");
  CHECK(table.find("/tasks/bulk") == std::vector<std::size_t>{1, 0});
  CHECK(table.find("/tasks/7") == std::vector<std::size_t>{0});
  CHECK(table.find("/tasks").empty());
  CHECK(table.capture(2, "/tasks/a%20b/done") == http::PathTable::Captures{{"id", "a b"}});
}

TEST_CASE("a header value cannot end its line") {
  const time::SystemClock clock;
  const http::AnswerWriter writer({.version = "1", .protocol = "1-1", .store = "s"}, clock);
  http::Reply reply;
  reply.headers.emplace_back("X-Title", "a\r\nInjected: b\n");
  const std::string head = writer.write_head(reply, http::Persistence::kKeepAlive);
  CHECK_THAT(head, ContainsSubstring("\r\nX-Title: aInjected: b\r\n"));
}

TEST_CASE("a stream's socket is handed over with its head, and nothing frames it") {
  HttpServer server;
  HttpClient client(server.socket());
  client.send("GET /api/v1/events?since=4 HTTP/1.1\r\nHost: x\r\n\r\n");
  server.await(
      [](const auto& figures) { return figures.handed_over == 1 && figures.connections == 0; });
  server.await([&](const auto&) { return server.streams() == 1; });
  server.send_to_stream(0, "id: 5\n\n");
  const HttpReply head = client.read_head();
  CHECK(head.status == 200);
  CHECK(head.header("Content-Type") == "text/event-stream");
  CHECK(head.header("Content-Length").empty());
  CHECK(client.read_line() == "id: 5");
}

}  // namespace taskman::test
