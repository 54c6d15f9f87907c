// Where a message begins and ends: in order, whole, whatever the pieces.

#include <algorithm>

#include "daemon/http/message_reader.hpp"
#include "hostile.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

constexpr std::string_view kThree =
    "POST /api/v1/tasks HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
    "7\r\n\r\n\"first\""
    "\r\nGET /api/v1/tasks/2?a=b HTTP/1.1\r\nHost: x\r\n\r\n"
    "POST /api/v1/tasks HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
    "8\r\n\r\n\"second\"";

std::vector<std::string> messages_of(const std::vector<std::string_view>& pieces) {
  const http::Limits limits;
  http::Budgets budget(limits);
  http::MessageReader reader(limits, budget);
  std::vector<std::string> messages;
  for (const std::string_view piece : pieces) {
    reader.feed(piece);
    while (reader.state() == http::MessageReader::State::kComplete) {
      const http::Message message = reader.take();
      messages.push_back(message.head.method + ' ' + message.head.target + ' ' + message.body);
    }
  }
  CHECK(reader.state() == http::MessageReader::State::kIdle);
  CHECK(budget.used() == 0);
  return messages;
}

const std::vector<std::string> kThreeMessages{
    "POST /api/v1/tasks \"first\"", "GET /api/v1/tasks/2?a=b ", "POST /api/v1/tasks \"second\""};

}  // namespace

TEST_CASE("three requests are the same three, cut at any byte") {
  for (std::size_t cut = 0; cut <= kThree.size(); ++cut) {
    REQUIRE(messages_of({kThree.substr(0, cut), kThree.substr(cut)}) == kThreeMessages);
  }
}

TEST_CASE("three requests are the same three, byte by byte") {
  std::vector<std::string_view> bytes;
  for (std::size_t i = 0; i < kThree.size(); ++i) bytes.push_back(kThree.substr(i, 1));
  CHECK(messages_of(bytes) == kThreeMessages);
}

TEST_CASE("pipelined requests are answered in order, cut at any byte") {
  HttpServer server;
  for (std::size_t cut = 1; cut < kThree.size(); ++cut) {
    INFO("cut at " << cut);
    const auto before = server.figures().bytes_received;
    HttpClient client(server.socket());
    client.send(kThree.substr(0, cut));
    server.await([&](const auto& figures) { return figures.bytes_received == before + cut; });
    client.send(kThree.substr(cut));
    REQUIRE(client.read_reply().body == "\"first\"");
    REQUIRE(client.read_reply().body == "2|a=b|host:x");
    REQUIRE(client.read_reply().body == "\"second\"");
  }
}

TEST_CASE("a thousand pipelined requests are answered in order") {
  HttpServer server;
  HttpClient client(server.socket());
  std::string all;
  for (int i = 0; i < 1000; ++i)
    all += "GET /api/v1/tasks/" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n";
  client.send(all);
  for (int i = 0; i < 1000; ++i) REQUIRE(client.read_reply().body == std::to_string(i) + "|host:x");
}

TEST_CASE("after a refusal nothing more is executed, what came before is") {
  HttpServer server;
  HttpClient client(server.socket());
  client.send(std::string(kThree.substr(0, kThree.find("\r\nGET"))) + "nonsense\r\n\r\n" +
              std::string(kThree));
  CHECK(client.read_reply().status == 201);
  CHECK(client.read_reply().status == 400);
  CHECK(client.read_to_end().empty());
  CHECK(server.echoed() == std::vector<std::string>{"\"first\""});
}

TEST_CASE("a client that half-closes gets its answer") {
  HttpServer server;
  HttpClient client(server.socket());
  client.send(kHealth);
  client.half_close();
  CHECK(client.read_reply().status == 200);
  CHECK(client.read_to_end().empty());
}

TEST_CASE("a client that half-closes before its answer is made gets it") {
  HttpServer server;
  HttpClient client(server.socket());
  client.send("GET /api/v1/held HTTP/1.1\r\nHost: x\r\n\r\n");
  server.await([](const auto& figures) { return figures.in_flight == 1; });
  client.half_close();
  server.on_loop([](http::Server&) {});
  server.release();
  CHECK(client.read_reply().body == "released");
  CHECK(client.read_to_end().empty());
}

TEST_CASE("a client that half-closes in the middle of a request is told") {
  HttpServer server;
  HttpClient client(server.socket());
  client.send("GET /api/v1/hea");
  client.half_close();
  CHECK(client.read_reply().status == 400);
}

TEST_CASE("HTTP/1.0 ends with its answer, unless it asks to keep the connection") {
  HttpServer server;
  HttpClient once(server.socket());
  once.send("GET /api/v1/health HTTP/1.0\r\n\r\n");
  const HttpReply reply = once.read_reply();
  CHECK(reply.status == 200);
  CHECK(reply.header("Connection") == "close");
  CHECK(once.read_to_end().empty());

  HttpClient kept(server.socket());
  for (int i = 0; i < 2; ++i) {
    kept.send("GET /api/v1/health HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    CHECK(kept.read_reply().header("Connection") == "keep-alive");
  }
}

TEST_CASE("Connection: close ends the connection after the answer") {
  HttpServer server;
  HttpClient client(server.socket());
  client.send("GET /api/v1/health HTTP/1.1\r\nHost: x\r\nConnection: foo, Close\r\n\r\n" +
              std::string(kHealth));
  CHECK(client.read_reply().header("Connection") == "close");
  CHECK(client.read_to_end().empty());
}

TEST_CASE("a proxy's absolute target is its path and its host") {
  HttpServer server;
  HttpClient client(server.socket());
  client.send("GET http://there:1/api/v1/tasks/1 HTTP/1.1\r\nHost: here\r\n\r\n");
  CHECK(client.read_reply().body == "1|host:there:1");
  CHECK(status_of(server, "GET http://x/api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n") == 200);
  CHECK(status_of(server, "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n") == 204);
}

}  // namespace taskman::test
