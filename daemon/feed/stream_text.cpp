#include "daemon/feed/stream_text.hpp"

#include "common/util/version.hpp"
#include "common/wire/json.hpp"
#include "daemon/feed/websocket.hpp"

namespace taskman::feed {
namespace {

/// A JSON text by itself: a line, or a message.
std::string told(Encoding encoding, std::string text) {
  if (encoding == Encoding::kWebSocket) return websocket_text(text);
  return text += '\n';
}

/// `{"hello":{…}}`: without Server-Sent Events whatever is no frame says so by its only member.
std::string told(Encoding encoding, std::string_view name, std::string data) {
  return told(encoding, wire::object_of({{std::string(name), std::move(data)}}));
}

std::string retry_line(std::chrono::milliseconds retry) {
  return "retry: " + std::to_string(retry.count()) + '\n';
}

std::string id_line(const model::Cursor& cursor) {
  return "id: " + model::to_string(cursor) + '\n';
}

std::string event(std::string_view name, std::string_view data) {
  std::string text;
  text.reserve(name.size() + data.size() + 18);
  text.append("event: ").append(name).append("\ndata: ").append(data).append("\n\n");
  return text;
}

std::string seconds(std::chrono::milliseconds value) {
  const auto whole = value.count() / 1000;
  const auto rest = value.count() % 1000;
  if (rest == 0) return std::to_string(whole);
  return std::to_string(whole) + '.' + std::to_string(1000 + rest).substr(1);
}

std::string cursor_object(const model::Cursor& cursor) {
  return wire::object_of({{"cursor", wire::quote(model::to_string(cursor))}});
}

}  // namespace

std::string hello_text(Encoding encoding, const Hello& hello) {
  std::string data = wire::object_of({{"cursor", wire::quote(model::to_string(hello.cursor))},
                                      {"version", wire::quote(util::kVersion)},
                                      {"store", wire::quote(hello.store)},
                                      {"heartbeat", seconds(hello.heartbeat)}});
  if (encoding != Encoding::kSse) return told(encoding, "hello", std::move(data));
  std::string text = retry_line(hello.retry);
  if (hello.stands == Hello::Stands::kHere) text += id_line(hello.cursor);
  return text += event("hello", data);
}

std::string change_text(Encoding encoding, const model::Cursor& cursor, std::string_view frame) {
  if (encoding != Encoding::kSse) return told(encoding, std::string(frame));
  return id_line(cursor) + event("change", frame);
}

std::string reset_text(Encoding encoding, const Position& position) {
  std::string data = reset_data(position);
  if (encoding != Encoding::kSse) return told(encoding, "reset", std::move(data));
  return id_line(position.cursor) + event("reset", data);
}

// Without an id: who loses the connection in the middle of it has to begin again.
std::string snapshot_text(Encoding encoding, std::string_view thing) {
  if (encoding != Encoding::kSse) return told(encoding, "snapshot", std::string(thing));
  return event("snapshot", thing);
}

std::string snapshot_end_text(Encoding encoding, const model::Cursor& cursor, std::int64_t things) {
  std::string data = wire::object_of(
      {{"cursor", wire::quote(model::to_string(cursor))}, {"things", std::to_string(things)}});
  if (encoding != Encoding::kSse) return told(encoding, "snapshot-end", std::move(data));
  return id_line(cursor) + event("snapshot-end", data);
}

std::string heartbeat_text(Encoding encoding, const model::Cursor& cursor, Moved moved) {
  if (encoding == Encoding::kSse) return id_line(cursor) + '\n';
  if (moved == Moved::kYes) return told(encoding, "heartbeat", cursor_object(cursor));
  return encoding == Encoding::kWebSocket ? websocket_ping() : "\n";
}

std::string bye_text(Encoding encoding, std::string_view reason, std::chrono::milliseconds retry) {
  switch (encoding) {
    case Encoding::kNdjson:
      return "\n";
    case Encoding::kWebSocket:
      return websocket_close(reason == "full" ? kTryAgainLater : kGoingAway, reason);
    case Encoding::kSse:
      break;
  }
  return retry_line(retry) + event("bye", wire::object_of({{"reason", wire::quote(reason)}}));
}

}  // namespace taskman::feed
