#include "soak/incoming.hpp"

#include "common/wire/envelope.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/paths.hpp"
#include "support/sse_block.hpp"

namespace taskman::test {
namespace {

using Kind = Piece::Kind;

constexpr int kClose = 8;
constexpr int kPingOpcode = 9;

/// The cursor that a hello or a heartbeat names.
std::string cursor_in(std::string_view object) {
  constexpr std::string_view kKey = R"("cursor":")";
  const auto at = object.find(kKey);
  if (at == std::string_view::npos) return {};
  object.remove_prefix(at + kKey.size());
  return std::string(object.substr(0, object.find('"')));
}

}  // namespace

void Incoming::add(std::string_view bytes) {
  buffer_.erase(0, read_);
  read_ = 0;
  buffer_ += bytes;
}

std::optional<Piece> Incoming::next() {
  while (pieces_.empty()) {
    if (!advance()) return std::nullopt;
  }
  Piece piece = std::move(pieces_.front());
  pieces_.pop_front();
  return piece;
}

bool Incoming::advance() {
  if (in_head_) return take_head();
  switch (way_) {
    case Way::kSse:
      return take_block();
    case Way::kNdjson:
      return take_line();
    case Way::kWebSocket:
      return take_message();
    default:
      return take_body();
  }
}

bool Incoming::take_head() {
  const auto end = rest().find("\r\n\r\n");
  if (end == std::string_view::npos) return false;
  const HttpReply head = parse_head(rest().substr(0, end + 2));
  read_ += end + 4;
  note(head);
  return true;
}

void Incoming::note(const HttpReply& head) {
  if (head.status == 503 || head.status == 429) return found({.kind = Kind::kBusy});
  if (is_stream(way_)) {
    in_head_ = false;
    if (head.status != (way_ == Way::kWebSocket ? 101 : 200)) {
      found({.kind = Kind::kWrong, .text = "status " + std::to_string(head.status)});
    }
    return;
  }
  switch (head.status) {
    case 200:
      in_head_ = false;
      body_size_ = std::stoul(head.header("Content-Length"));
      break;
    case 204:
    case 304:
      found({.kind = Kind::kAnswer, .cursor = head.header(wire::kCursorHeader)});
      break;
    default:
      found({.kind = Kind::kWrong, .text = "status " + std::to_string(head.status)});
  }
}

bool Incoming::take_block() {
  const auto end = rest().find("\n\n");
  if (end == std::string_view::npos) return false;
  SseBlock block = parse_block(std::string(rest().substr(0, end + 2)));
  read_ += end + 2;
  if (block.event == "change") {
    found({.kind = Kind::kFrame, .text = std::move(block.data), .cursor = std::move(block.id)});
  } else if (block.event.empty() || block.event == "hello") {
    found({.kind = Kind::kPlace, .cursor = std::move(block.id)});
  } else {
    found({.kind = block.event == "bye" ? Kind::kEnd : Kind::kWrong, .text = block.event});
  }
  return true;
}

bool Incoming::take_line() {
  const auto end = rest().find('\n');
  if (end == std::string_view::npos) return false;
  std::string line(rest().substr(0, end));
  read_ += end + 1;
  if (!line.empty()) found_text(std::move(line));
  return true;
}

bool Incoming::take_message() {
  const std::string_view bytes = rest();
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
  if (bytes.size() < 2) return false;
  const std::size_t more = byte(1) == 126 ? 2 : byte(1) == 127 ? 8 : 0;
  if (bytes.size() < 2 + more) return false;
  std::size_t size = more == 0 ? byte(1) : 0;
  for (std::size_t i = 0; i < more; ++i) size = size * 256 + byte(2 + i);
  if (bytes.size() - 2 - more < size) return false;
  const int opcode = byte(0) & 0x0f;
  std::string payload(bytes.substr(2 + more, size));
  read_ += 2 + more + size;
  if (opcode == kClose) found({.kind = Kind::kEnd});
  if (opcode == kPingOpcode) found({.kind = Kind::kPing, .text = payload});
  if (opcode < kClose) found_text(std::move(payload));
  return true;
}

/// Of a line or a message: a frame, or what says so by its only member.
void Incoming::found_text(std::string text) {
  if (text.starts_with(R"({"hello":)") || text.starts_with(R"({"heartbeat":)")) {
    return found({.kind = Kind::kPlace, .cursor = cursor_in(text)});
  }
  found({.kind = text.starts_with(R"({"rev":)") ? Kind::kFrame : Kind::kWrong,
         .text = std::move(text)});
}

bool Incoming::take_body() {
  if (rest().size() < body_size_) return false;
  const wire::Envelope envelope = wire::decode_envelope(rest().substr(0, body_size_));
  read_ += body_size_;
  in_head_ = true;
  for (std::string& frame : wire::split_array(envelope.data)) {
    found({.kind = Kind::kFrame, .text = std::move(frame)});
  }
  found({.kind = Kind::kAnswer, .cursor = model::to_string(envelope.cursor.value())});
  return true;
}

}  // namespace taskman::test
