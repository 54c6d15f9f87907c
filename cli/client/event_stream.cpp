#include "cli/client/event_stream.hpp"

#include <utility>

#include "common/util/text.hpp"

namespace taskman::client {
namespace {

using Kind = StreamEvent::Kind;

Kind kind_of(std::string_view name) {
  if (name == "hello") return Kind::kHello;
  if (name == "change") return Kind::kFrame;
  if (name == "reset") return Kind::kReset;
  if (name == "bye") return Kind::kBye;
  return Kind::kHeartbeat;  // an event of a newer daemon: its id still moves the cursor
}

}  // namespace

void EventStream::take(std::string_view field, std::string_view value) {
  any_ = true;
  if (field == "data") building_.data += value;
  if (field == "id") building_.cursor = value;
  if (field == "event") building_.kind = kind_of(value);
  if (field == "retry") {
    if (const auto time = util::parse_integer(value))
      building_.retry = std::chrono::milliseconds(*time);
  }
}

std::optional<StreamEvent> EventStream::next() {
  while (auto line = connection_.next_line()) {
    if (line->empty()) {
      if (!std::exchange(any_, false)) continue;
      return std::exchange(building_, {});
    }
    const auto colon = line->find(':');
    if (colon == 0 || colon == std::string::npos) continue;
    std::string_view value = std::string_view(*line).substr(colon + 1);
    if (value.starts_with(' ')) value.remove_prefix(1);
    take(std::string_view(*line).substr(0, colon), value);
  }
  return std::nullopt;
}

}  // namespace taskman::client
