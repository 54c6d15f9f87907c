// Heads that are too long, too many, ambiguous or broken.

#include "hostile.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

std::string get(std::string_view target, std::string_view more = {}) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: x\r\n" + std::string(more) + "\r\n";
}

}  // namespace

TEST_CASE("200 MiB without a line end are refused at the limit and not kept", "[hostile]") {
  HttpServer server;
  const Growth growth;
  HttpClient client(server.socket());
  const std::size_t sent = flood(client, std::string(64 * 1024, 'a'), 200 * kMiB);
  CHECK(sent < 4 * kMiB);  // the limit, what is drained, what the sockets hold
  CHECK(client.read_head().status == 414);
  CHECK(growth.bytes() < 8 * kMiB);
}

TEST_CASE("200 MiB in one header line are refused at the limit and not kept", "[hostile]") {
  HttpServer server;
  const Growth growth;
  HttpClient client(server.socket());
  client.send("GET / HTTP/1.1\r\nX: ");
  CHECK(flood(client, std::string(64 * 1024, 'a'), 200 * kMiB) < 4 * kMiB);
  CHECK(client.read_head().status == 431);
  CHECK(growth.bytes() < 8 * kMiB);
}

TEST_CASE("302,000 headers are refused after the hundredth", "[hostile]") {
  HttpServer server;
  const Growth growth;
  HttpClient client(server.socket());
  client.send("GET / HTTP/1.1\r\nHost: x\r\n");
  std::string headers;
  for (int i = 0; i < 1000; ++i) headers += "X-" + std::to_string(i) + ": y\r\n";
  flood(client, headers, headers.size() * 302);
  CHECK(client.read_head().status == 431);
  CHECK(growth.bytes() < 8 * kMiB);
}

TEST_CASE("a hundred headers pass, one more does not", "[hostile]") {
  HttpServer server;
  std::string headers;
  for (int i = 0; i < 99; ++i) headers += "X-" + std::to_string(i) + ": y\r\n";
  CHECK(status_of(server, get("/api/v1/health", headers)) == 200);  // Host is the hundredth
  CHECK(status_of(server, get("/api/v1/health", headers + "X-more: y\r\n")) == 431);
}

TEST_CASE("a path longer than 1 KiB and a target longer than 8 KiB are refused", "[hostile]") {
  HttpServer server;
  CHECK(status_of(server, get("/" + std::string(1023, 'a'))) == 404);
  CHECK(status_of(server, get("/" + std::string(1024, 'a'))) == 414);
  CHECK(status_of(server, get("/api/v1/tasks/" + std::string(8000, 'a') + "/done")) == 414);
  CHECK(status_of(server, get("/api/v1/tasks/1?q=" + std::string(8000, 'a'))) == 200);
  CHECK(status_of(server, get("/api/v1/tasks/1?q=" + std::string(8192, 'a'))) == 414);
}

TEST_CASE("a head that is not exactly a head is refused", "[hostile]") {
  HttpServer server;
  const auto [name, text, status] = GENERATE(table<std::string, std::string, int>({
      {"two Content-Length", get("/", "Content-Length: 1\r\nContent-Length: 1\r\n"), 400},
      {"a list of lengths", get("/", "Content-Length: 1, 1\r\n"), 400},
      {"a signed length", get("/", "Content-Length: +1\r\n"), 400},
      {"a negative length", get("/", "Content-Length: -1\r\n"), 400},
      {"a hexadecimal length", get("/", "Content-Length: 0x1\r\n"), 400},
      {"an empty length", get("/", "Content-Length:\r\n"), 400},
      {"a length beyond 64 bits", get("/", "Content-Length: 99999999999999999999999\r\n"), 413},
      {"length and chunks", get("/", "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"), 400},
      {"chunks and length", get("/", "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n"), 400},
      {"chunks", get("/", "Transfer-Encoding: chunked\r\n"), 501},
      {"no Host", "GET / HTTP/1.1\r\n\r\n", 400},
      {"two Hosts", get("/", "Host: y\r\n"), 400},
      {"two Authorizations", get("/", "Authorization: Bearer a\r\nauthorization: Bearer b\r\n"),
       400},
      {"two Origins", get("/", "Origin: http://a\r\nOrigin: http://b\r\n"), 400},
      {"a target without a host", get("http:///a"), 400},
      {"a target with a user", get("http://a@x/"), 400},
      {"a Host list", "GET / HTTP/1.1\r\nHost: a,b\r\n\r\n", 400},
      {"bare line feeds", "GET / HTTP/1.1\nHost: x\n\n", 400},
      {"one bare line feed", "GET / HTTP/1.1\r\nHost: x\n\r\n", 400},
      {"a carriage return in a value", get("/", "X: a\rb\r\n"), 400},
      {"a NUL in a value", get("/", std::string("X: a\0b\r\n", 8)), 400},
      {"a NUL in the target", get(std::string_view("/a\0b", 4)), 400},
      {"a folded line", get("/", "X: a\r\n b\r\n"), 400},
      {"a blank before the colon", get("/", "X : a\r\n"), 400},
      {"a name with a bracket", get("/", "X[]: a\r\n"), 400},
      {"a line without a colon", get("/", "nonsense\r\n"), 400},
      {"two blanks in the request line", "GET  / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"no version", "GET /\r\nHost: x\r\n\r\n", 400},
      {"bytes in the target", get("/\xc3\xa4"), 400},
      {"a fragment", get("/a#b"), 400},
      {"no path", get("api"), 400},
      {"HTTP/2", "PRI * HTTP/2.0\r\n\r\n", 505},
      {"TLS", std::string("\x16\x03\x01\x02\x00\x01\r\n\r\n", 10), 400},
      {"an unknown method", "BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 501},
      {"CONNECT", "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n", 501},
      {"an unknown expectation", get("/", "Expect: gold\r\n"), 400},
  }));
  INFO(name);
  HttpClient client(server.socket());
  client.send(text);
  const HttpReply reply = client.read_reply();
  CHECK(reply.status == status);
  CHECK(reply.header("Content-Type") == "application/problem+json");
  CHECK(reply.header("Connection") == "close");
  CHECK_THAT(reply.body, ContainsSubstring("\"status\":" + std::to_string(status)));
  CHECK(client.read_to_end().empty());  // nothing after it is executed
}

TEST_CASE("percent-encoded line ends in a header value stay as they are", "[hostile]") {
  HttpServer server;
  HttpClient client(server.socket());
  client.send(get("/api/v1/tasks/1", "Taskman-Actor: a%0d%0aInjected:%20b\r\n"));
  const HttpReply reply = client.read_reply();
  CHECK(reply.status == 200);
  CHECK_THAT(reply.body, ContainsSubstring("|taskman-actor:a%0d%0aInjected:%20b"));
  CHECK(reply.header("Injected").empty());
}

TEST_CASE("headers that are not honoured do not reach a handler", "[hostile]") {
  HttpServer server;
  HttpClient client(server.socket());
  client.send(get("/api/v1/tasks/1",
                  "REMOTE_ADDR: 6.6.6.6\r\nREMOTE_PORT: 1\r\nLOCAL_ADDR: 6.6.6.6\r\n"
                  "LOCAL_PORT: 1\r\nRange: bytes=0-0\r\nAccept-Encoding: gzip\r\n"));
  const HttpReply reply = client.read_reply();
  CHECK(reply.status == 200);
  CHECK(reply.body == "1|host:x");
}

TEST_CASE("ranges do not multiply the answer", "[hostile]") {
  HttpServer server;
  std::string ranges = "Range: bytes=0-";
  for (int i = 0; i < 1000; ++i) ranges += ",0-";
  HttpClient client(server.socket());
  client.send(get("/api/v1/big", ranges + "\r\n"));
  const HttpReply reply = client.read_reply();
  CHECK(reply.status == 200);
  CHECK(reply.body.size() == 8 * kMiB);
}

TEST_CASE("a blank line before a request is forgiven once", "[hostile]") {
  HttpServer server;
  CHECK(status_of(server, "\r\n" + std::string(kHealth)) == 200);
  CHECK(status_of(server, "\r\n\r\n" + std::string(kHealth)) == 400);
}

}  // namespace taskman::test
