// Bodies that are too large, of no known length, packed, or meant as the next request.

#include "hostile.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

std::string post(std::string_view path, std::string_view more, std::string_view body = {}) {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n" + std::string(more) + "\r\n" +
         std::string(body);
}

std::string length(std::size_t bytes) {
  return "Content-Length: " + std::to_string(bytes) + "\r\n";
}

constexpr std::string_view kJson = "Content-Type: application/json\r\n";

}  // namespace

TEST_CASE("a chunked body is refused unread, on known and unknown paths", "[hostile]") {
  HttpServer server;
  const std::string path = GENERATE("/api/v1/tasks", "/no/such/path");
  const Growth growth;
  HttpClient client(server.socket());
  client.send(post(path, "Transfer-Encoding: chunked\r\n"));
  const std::string chunk = "10000\r\n" + std::string(65536, 'c') + "\r\n";
  CHECK(flood(client, chunk, 200 * kMiB) < 4 * kMiB);
  CHECK(client.read_head().status == 501);
  CHECK(growth.bytes() < 8 * kMiB);
}

TEST_CASE("a body without a length is neither kept nor executed", "[hostile]") {
  HttpServer server;
  const std::string path = GENERATE("/api/v1/tasks", "/no/such/path");
  const Growth growth;
  HttpClient client(server.socket());
  client.send(post(path, kJson));
  const std::string smuggled = post("/api/v1/tasks", length(5) + std::string(kJson), "\"pwn\"");
  CHECK(flood(client, smuggled, 200 * kMiB) < 4 * kMiB);
  CHECK(client.read_head().header("Connection") == "close");
  CHECK(growth.bytes() < 8 * kMiB);
  for (const std::string& body : server.echoed()) CHECK(body.empty());
}

TEST_CASE("who announces a body says how long it is", "[hostile]") {
  HttpServer server;
  CHECK(status_of(server, post("/api/v1/tasks", "Expect: 100-continue\r\n")) == 411);
  CHECK(status_of(server, post("/api/v1/tasks", length(0))) == 201);
  CHECK(status_of(server, post("/api/v1/tasks", {})) == 201);
}

TEST_CASE("a body beyond the limit is refused without reading it", "[hostile]") {
  HttpServer server;
  CHECK(status_of(server, post("/api/v1/tasks", length(1048577))) == 413);
  CHECK(status_of(server, post("/no/such/path", length(1048577))) == 413);
  CHECK(status_of(server, post("/api/v1/tasks", length(SIZE_MAX))) == 413);

  const std::string body(1048576, 'b');
  HttpClient client(server.socket());
  client.send(post("/api/v1/tasks", length(body.size()) + std::string(kJson), body));
  CHECK(client.read_reply().body == body);
}

TEST_CASE("a client that floods a refused body still reads why", "[hostile]") {
  HttpServer server;
  HttpClient client(server.socket());
  client.send(post("/api/v1/tasks", length(10 * kMiB)));
  CHECK(flood(client, std::string(65536, 'b'), 10 * kMiB) < 4 * kMiB);
  CHECK(client.read_reply().status == 413);
}

TEST_CASE("one path may have larger bodies", "[hostile]") {
  http::Limits limits;
  limits.larger_bodies = {{"/api/v1/import", 4 * kMiB}};
  HttpServer server(limits);
  const std::string body(3 * kMiB, 'b');
  HttpClient client(server.socket());
  client.send(
      post("/api/v1/import", length(body.size()) + "Content-Type: application/x-ndjson\r\n", body));
  CHECK(client.read_reply().body == std::to_string(body.size()));
  CHECK(status_of(server, post("/api/v1/import", length(4 * kMiB + 1))) == 413);
  CHECK(status_of(server, post("/api/v1/import/x", length(3 * kMiB))) == 413);
}

TEST_CASE("packed bodies are refused unread", "[hostile]") {
  HttpServer server;
  const Growth growth;
  const std::string coding = GENERATE("gzip", "deflate", "br", "identity, gzip");
  const std::string text =
      post("/api/v1/tasks", "Content-Encoding: " + coding + "\r\n" + length(500'000));
  CHECK(status_of(server, text + std::string(500'000, '\x1f')) == 415);
  CHECK(growth.bytes() < 8 * kMiB);
}

TEST_CASE("multipart and form bodies are refused", "[hostile]") {
  HttpServer server;
  CHECK(status_of(server, post("/api/v1/tasks",
                               "Content-Type: Multipart/Form-Data; boundary=x\r\n" + length(3),
                               "a=b")) == 415);
  CHECK(status_of(server, post("/api/v1/tasks",
                               "Content-Type: application/x-www-form-urlencoded\r\n" + length(3),
                               "a=b")) == 415);
  CHECK(status_of(server,
                  post("/api/v1/tasks", "Content-Type: text/plain\r\n" + length(3), "a=b")) == 415);
  CHECK(status_of(server, post("/api/v1/tasks", length(3), "a=b")) == 415);
  CHECK(status_of(server, post("/api/v1/tasks",
                               "Content-Type: application/json; charset=utf-8\r\n" + length(2),
                               "{}")) == 201);
}

TEST_CASE("the body of a request is never the next request", "[hostile]") {
  HttpServer server;
  const std::string smuggled = post("/api/v1/tasks", length(5) + std::string(kJson), "\"pwn\"");
  const std::string carrier =
      GENERATE(as<std::string>{}, "GET /api/v1/health", "GET /no/such/path",
               "DELETE /api/v1/tasks/1", "POST /no/such/path", "PUT /api/v1/tasks");
  HttpClient client(server.socket());
  client.send(carrier + " HTTP/1.1\r\nHost: x\r\n" + length(smuggled.size()) + "\r\n" + smuggled);
  client.send(kHealth);
  CHECK(client.read_head().status > 0);
  client.send("GET /api/v1/tasks/last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  CHECK_THAT(client.read_to_end(), EndsWith("last|connection:close|host:x"));
  CHECK(server.echoed().empty());
}

TEST_CASE("promised bodies cost nothing until they come", "[hostile]") {
  HttpServer server;
  const Growth growth;
  const std::string promise =
      post("/api/v1/tasks", length(1048576)) + "the first bytes of the body";
  std::vector<HttpClient> clients;
  for (int i = 0; i < 100; ++i) {
    clients.emplace_back(server.socket());
    clients.back().send(promise);
  }
  server.await([&](const auto& figures) { return figures.bytes_received == 100 * promise.size(); });
  CHECK(growth.bytes() < 8 * kMiB);
}

TEST_CASE("bodies of all connections together have a limit", "[hostile]") {
  http::Limits limits;
  limits.buffered_bytes = 2 * kMiB;
  HttpServer server(limits);
  std::vector<HttpClient> clients;
  const std::string half = post("/api/v1/tasks", length(1048576)) + std::string(800 * 1024, 'b');
  for (int i = 0; i < 2; ++i) {
    const auto before = server.figures().bytes_received;
    clients.emplace_back(server.socket());
    clients.back().send(half);
    server.await(
        [&](const auto& figures) { return figures.bytes_received == before + half.size(); });
  }
  HttpClient last(server.socket());
  send_while_taken(last, half);
  const HttpReply reply = last.read_reply();
  CHECK(reply.status == 503);
  CHECK(reply.header("Retry-After") == "1");
  clients.clear();
  server.await([](const auto& figures) { return figures.buffered_bytes == 0; });
  CHECK(status_of(server, kHealth) == 200);
}

TEST_CASE("large bodies have a limit of their own, and are in nobody's way", "[hostile]") {
  http::Limits limits;
  limits.larger_bodies = {{"/api/v1/import", 4 * kMiB}};
  limits.large_bytes = 4 * kMiB;
  HttpServer server(limits);
  const std::string most = post("/api/v1/import", length(4 * kMiB)) + std::string(3 * kMiB, 'b');
  HttpClient first(server.socket());
  first.send(most);
  server.await([&](const auto& figures) { return figures.bytes_received == most.size(); });
  HttpClient second(server.socket());
  send_while_taken(second, most);
  CHECK(second.read_reply().status == 503);
  CHECK(status_of(server, kHealth) == 200);
}

TEST_CASE("Expect: 100-continue is answered, and a refusal comes instead of it", "[hostile]") {
  HttpServer server;
  HttpClient client(server.socket());
  client.send(post("/api/v1/tasks", "Expect: 100-continue\r\n" + std::string(kJson) + length(2)));
  CHECK(client.read_head().status == 100);
  client.send("{}");
  CHECK(client.read_reply().status == 201);
  CHECK(status_of(server, post("/api/v1/tasks", "Expect: 100-continue\r\n" + length(SIZE_MAX))) ==
        413);
}

}  // namespace taskman::test
