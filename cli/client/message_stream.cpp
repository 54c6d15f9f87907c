#include "cli/client/message_stream.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "common/wire/fields.hpp"
#include "common/wire/json.hpp"

namespace taskman::client {
namespace {

using Kind = StreamEvent::Kind;

constexpr unsigned kText = 0x1, kClose = 0x8, kPing = 0x9, kPong = 0xa;
constexpr unsigned kFinal = 0x80, kMasked = 0x80;
constexpr std::uint64_t kLongest = 256 * 1024 * 1024;  // a frame is a whole transaction

std::uint64_t number_of(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<unsigned char>(byte);
  return number;
}

/// What is no frame says so by its only member.
StreamEvent event_of(const std::string& text) {
  const auto members = wire::members_of(text);
  if (members.size() == 1) {
    const auto& [name, data] = members.front();
    Kind kind = Kind::kHeartbeat;  // of a newer daemon: nothing of ours
    if (name == "hello") kind = Kind::kHello;
    if (name == "reset") kind = Kind::kReset;
    const auto cursor = wire::field_text(data, kind == Kind::kReset ? "head" : "cursor");
    return {.kind = kind, .data = data, .cursor = cursor.value_or(""), .retry = {}};
  }
  return {.kind = Kind::kFrame,
          .data = text,
          .cursor = wire::field_text(text, "cursor").value_or(""),
          .retry = {}};
}

/// The same as Server-Sent Events tell. Before the reason there is a code, of two bytes.
StreamEvent bye_of(const std::string& close) {
  const std::string reason = close.size() > 2 ? close.substr(2) : "unknown";
  return {.kind = Kind::kBye,
          .data = wire::object_of({{"reason", wire::quote(reason)}}),
          .cursor = {},
          .retry = {}};
}

}  // namespace

std::optional<StreamEvent> MessageStream::next() {
  for (;;) {
    if (const auto frame = take_frame()) return on_frame(*frame);
    const auto before = buffer_.size();
    connection_.take_bytes(buffer_);
    if (buffer_.size() == before) return std::nullopt;
  }
}

std::optional<MessageStream::Frame> MessageStream::take_frame() {
  const std::string_view bytes = buffer_;
  if (bytes.size() < 2) return std::nullopt;
  const auto first = static_cast<unsigned char>(bytes[0]);
  const auto second = static_cast<unsigned char>(bytes[1]);
  // A server sends neither masks nor, this one, parts of messages.
  if ((first & kFinal) == 0 || (second & kMasked) != 0)
    throw ConnectionLost{"what came is no message of a daemon"};
  const std::size_t more = second == 126 ? 2 : second == 127 ? 8 : 0;
  if (bytes.size() < 2 + more) return std::nullopt;
  const std::uint64_t size = more == 0 ? second : number_of(bytes.substr(2, more));
  if (size > kLongest) throw ConnectionLost{"a message of the stream has no end"};
  if (bytes.size() < 2 + more + size) return std::nullopt;
  Frame frame{.opcode = first & 0x0fU, .payload = std::string(bytes.substr(2 + more, size))};
  buffer_.erase(0, 2 + more + size);
  return frame;
}

StreamEvent MessageStream::on_frame(const Frame& frame) {
  switch (frame.opcode) {
    case kText:
      return event_of(frame.payload);
    case kPing:
      answer(kPong, frame.payload);
      return {};
    case kClose:
      answer(kClose, frame.payload.substr(0, 2));
      return bye_of(frame.payload);
    default:
      return {};
  }
}

void MessageStream::answer(unsigned opcode, const std::string& payload) {
  const auto key = static_cast<std::uint32_t>(random_.next());
  std::string frame{static_cast<char>(kFinal | opcode),
                    static_cast<char>(kMasked | payload.size())};
  for (const int shift : {24, 16, 8, 0}) frame += static_cast<char>(key >> shift & 0xff);
  for (std::size_t i = 0; i < payload.size(); ++i) {
    frame += static_cast<char>(payload[i] ^ frame[2 + i % 4]);
  }
  connection_.send_at_once(frame);
}

}  // namespace taskman::client
