#pragma once
// The client's end of a WebSocket.

#include <string>
#include <string_view>
#include <utility>

#include "support/catch.hpp"
#include "support/http_client.hpp"

namespace taskman::test {

inline const std::string kHandshake =
    "Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

inline constexpr std::string_view kMask = "\x37\xfa\x21\x3d";

/// What a client sends. `first`: FIN and opcode.
inline std::string client_frame(unsigned first, const std::string& payload, bool masked = true) {
  std::string bytes(1, static_cast<char>(first));
  const char mask = masked ? static_cast<char>(0x80) : 0;
  if (payload.size() < 126) {
    bytes += static_cast<char>(mask | static_cast<char>(payload.size()));
  } else {
    const bool is_long = payload.size() > 0xffff;  // the shortest form is the only right one
    bytes += static_cast<char>(mask | static_cast<char>(is_long ? 127 : 126));
    for (int shift = is_long ? 56 : 8; shift >= 0; shift -= 8) {
      bytes += static_cast<char>((payload.size() >> shift) & 0xff);
    }
  }
  if (masked) bytes += kMask;
  for (std::size_t i = 0; i < payload.size(); ++i) {
    bytes += masked ? static_cast<char>(payload[i] ^ kMask[i % kMask.size()]) : payload[i];
  }
  return bytes;
}

/// What a server sends.
struct WebSocketFrame {
  int opcode = 0;
  std::string payload;
};

class WebSocket {
 public:
  /// `query` with its question mark; `headers`: whole lines besides those of the handshake.
  explicit WebSocket(HttpClient client, const std::string& query = {},
                     const std::string& headers = "Host: x\r\n")
      : client_(std::move(client)) {
    client_.send("GET /ws" + query + " HTTP/1.1\r\n" + headers + kHandshake);
    head_ = client_.read_head();
  }

  const HttpReply& head() const { return head_; }
  HttpClient& client() { return client_; }

  WebSocketFrame read() {
    const std::string head = client_.read_exactly(2);
    WebSocketFrame frame{.opcode = head[0] & 0x0f};
    CHECK((head[0] & 0x80) != 0);
    std::size_t size = head[1] & 0x7f;
    const int more = size == 126 ? 2 : size == 127 ? 8 : 0;
    if (more > 0) {
      size = 0;
      for (const char byte : client_.read_exactly(static_cast<std::size_t>(more))) {
        size = size * 256 + static_cast<unsigned char>(byte);
      }
    }
    frame.payload = client_.read_exactly(size);
    return frame;
  }

  /// See client_frame().
  void send(unsigned first, const std::string& payload, bool masked = true) {
    client_.send(client_frame(first, payload, masked));
  }

  std::string close_code() {
    const WebSocketFrame frame = read();
    CHECK(frame.opcode == 8);
    if (frame.payload.size() < 2) return "none";
    return std::to_string(static_cast<unsigned char>(frame.payload[0]) * 256 +
                          static_cast<unsigned char>(frame.payload[1]));
  }

 private:
  HttpClient client_;
  HttpReply head_;
};

}  // namespace taskman::test
