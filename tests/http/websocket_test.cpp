// A WebSocket as a client of the standard sees it: handshake, messages, control frames, closing.

#include "support/websocket.hpp"
#include "http/api.hpp"

namespace taskman::test {
namespace {

constexpr unsigned kText = 0x81, kTextBegins = 0x01, kRest = 0x80, kClose = 0x88, kPing = 0x89;

}  // namespace

TEST_CASE("the handshake of the standard's own example") {
  Api api;
  WebSocket socket(api.daemon().connect());
  CHECK(socket.head().status == 101);
  CHECK(socket.head().header("Upgrade") == "websocket");
  CHECK(socket.head().header("Connection") == "Upgrade");
  CHECK(socket.head().header("Sec-WebSocket-Accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST_CASE("what is no handshake is refused") {
  Api api;
  const HttpReply plain = api.get("/api/v1/ws");
  CHECK(problem(plain) == "upgrade_required");
  CHECK(plain.header("Upgrade") == "websocket");
  const Headers old{{"Upgrade", "websocket"},
                    {"Connection", "Upgrade"},
                    {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                    {"Sec-WebSocket-Version", "8"}};
  CHECK(problem(api.get("/ws", old)) == "upgrade_required");
  Headers short_key = old;
  short_key[2].second = "dGhlIHNhbXBsZQ==";
  short_key[3].second = "13";
  CHECK(problem(api.get("/ws", short_key)) == "malformed_request");
  CHECK(WebSocket(api.daemon().connect(), "?filter=status:dnoe").head().status == 422);
  for (const std::string line : {"GET /ws HTTP/1.0\r\n", "HEAD /ws HTTP/1.1\r\n"}) {
    HttpClient client = api.daemon().connect();
    client.send(line + "Host: x\r\n" + kHandshake);
    CHECK(client.read_head().status == 426);
  }
}

TEST_CASE("messages are the frames of every other transport, also the long ones") {
  Api api;
  const std::string start = api.head();
  api.add();
  api.add(R"({"title":"b","body":")" + std::string(60'000, 'x') + R"("})");
  WebSocket socket(api.daemon().connect(), "?since=" + start);
  CHECK_THAT(socket.read().payload, ContainsSubstring(R"({"hello":{"cursor":)"));
  for (const auto& frame : items(api.get("/events?since=" + start))) {
    const WebSocketFrame message = socket.read();
    CHECK(message.opcode == 1);
    CHECK(message.payload == frame);
  }
}

TEST_CASE("a cursor that cannot be followed is told in a message") {
  Api api;
  WebSocket socket(api.daemon().connect(), "?since=7-0123456789abcdef");
  CHECK(socket.head().status == 101);
  socket.read();
  CHECK_THAT(socket.read().payload, ContainsSubstring(R"({"reset":{"reason":"ahead")"));
}

TEST_CASE("a ping is answered with its own payload, also in the middle of a message") {
  Api api;
  WebSocket socket(api.daemon().connect());
  socket.read();
  socket.send(kTextBegins, "half of ");
  socket.send(kPing, "are you there");
  socket.send(kRest, "a message");
  const WebSocketFrame pong = socket.read();
  CHECK(pong.opcode == 10);
  CHECK(pong.payload == "are you there");
  api.add();
  CHECK_THAT(socket.read().payload, ContainsSubstring("task.created"));
}

TEST_CASE("of pings that come at once the newest is answered, and the connection goes on") {
  Api api;
  WebSocket socket(api.daemon().connect());
  socket.read();
  std::string burst;
  for (int i = 0; i < 200; ++i)
    burst += client_frame(kPing, std::to_string(i) + std::string(100, 'p'));
  socket.client().send(burst + client_frame(kPing, "the last"));
  WebSocketFrame pong = socket.read();
  for (int i = 0; i < 200 && pong.payload != "the last"; ++i) {
    REQUIRE(pong.opcode == 10);
    pong = socket.read();
  }
  CHECK(pong.payload == "the last");
  api.add();
  CHECK_THAT(socket.read().payload, ContainsSubstring("task.created"));
}

TEST_CASE("a goodbye is returned and ends the connection") {
  Api api;
  WebSocket socket(api.daemon().connect());
  socket.read();
  socket.send(kClose, std::string("\x03\xe8", 2));
  CHECK(socket.close_code() == "1000");
  CHECK(socket.client().read_to_end().empty());
}

TEST_CASE("what breaks the standard closes with the standard's code") {
  Api api;
  WebSocket socket(api.daemon().connect());
  socket.read();
  SECTION("a frame without a mask") {
    socket.send(kText, "x", false);
    CHECK(socket.close_code() == "1002");
  }
  SECTION("a message that is too long") {
    socket.send(kText, std::string(100'000, 'x'));
    CHECK(socket.close_code() == "1009");
  }
  SECTION("a message that is much too long, and is sent to its end") {
    socket.send(kText, std::string(2'000'000, 'x'));
    CHECK(socket.close_code() == "1009");
    CHECK(socket.client().read_to_end().empty());
  }
  SECTION("a message that is too long in all its frames together") {
    socket.send(kTextBegins, std::string(1'000, 'x'));
    for (int i = 0; i < 64; ++i) socket.send(0x00, std::string(1'000, 'x'));
    socket.send(kPing, "in between");
    socket.send(0x00, std::string(1'000, 'x'));
    WebSocketFrame frame = socket.read();
    if (frame.opcode == 10) frame = socket.read();
    CHECK(frame.opcode == 8);
    CHECK(frame.payload == "\x03\xf1");
  }
  SECTION("a goodbye with half a code") {
    socket.send(kClose, "x");
    CHECK(socket.close_code() == "1002");
  }
  SECTION("a fragmented control frame") {
    socket.send(0x09, "x");
    CHECK(socket.close_code() == "1002");
  }
  SECTION("text that is no UTF-8") {
    socket.send(kText, "\xff\xfe");
    CHECK(socket.close_code() == "1007");
  }
}

TEST_CASE("a daemon that ends says that it goes away") {
  Api api;
  WebSocket socket(api.daemon().connect());
  socket.read();
  api.stop();
  CHECK(socket.close_code() == "1001");
  CHECK(socket.client().read_to_end().empty());
}

}  // namespace taskman::test
