#include "daemon/feed/stream_text.hpp"

#include "common/util/version.hpp"
#include "common/wire/json.hpp"

namespace taskman::feed {
namespace {

// `{"hello":{…}}`: in NDJSON whatever is no frame says so by its only member.
std::string line(std::string_view name, std::string data) {
  return wire::object_of({{std::string(name), std::move(data)}}) + '\n';
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
  if (encoding == Encoding::kNdjson) return line("hello", std::move(data));
  std::string text = retry_line(hello.retry);
  if (hello.stands == Hello::Stands::kHere) text += id_line(hello.cursor);
  return text += event("hello", data);
}

std::string change_text(Encoding encoding, const model::Cursor& cursor, std::string_view frame) {
  if (encoding == Encoding::kNdjson) return std::string(frame) + '\n';
  return id_line(cursor) + event("change", frame);
}

std::string reset_text(Encoding encoding, const Position& position) {
  std::string data = reset_data(position);
  if (encoding == Encoding::kNdjson) return line("reset", std::move(data));
  return id_line(position.cursor) + event("reset", data);
}

std::string heartbeat_text(Encoding encoding, const model::Cursor& cursor, Moved moved) {
  if (encoding == Encoding::kSse) return id_line(cursor) + '\n';
  return moved == Moved::kYes ? line("heartbeat", cursor_object(cursor)) : "\n";
}

std::string bye_text(Encoding encoding, std::string_view reason, std::chrono::milliseconds retry) {
  if (encoding == Encoding::kNdjson) return "\n";
  return retry_line(retry) + event("bye", wire::object_of({{"reason", wire::quote(reason)}}));
}

}  // namespace taskman::feed
