#include "common/wire/paths.hpp"

namespace taskman::wire {
namespace {

bool is_unreserved(char byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

std::string below(std::string_view collection, std::string_view item, std::string_view tail) {
  std::string path(collection);
  (path += '/') += item;
  if (!tail.empty()) (path += '/') += tail;
  return path;
}

}  // namespace

std::string task_path(model::TaskId id, std::string_view tail) {
  return below(kTasks, std::to_string(id.value), tail);
}

std::string sprint_path(std::string_view word, std::string_view tail) {
  return below(kSprints, percent_encode(word), tail);
}

std::string project_path(std::string_view key) { return below(kProjects, percent_encode(key), {}); }

std::string hook_path(model::HookId id, std::string_view tail) {
  return below(kHooks, std::to_string(id.value), tail);
}

std::string percent_encode(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char byte : text) {
    if (is_unreserved(byte)) {
      encoded += byte;
      continue;
    }
    const auto code = static_cast<unsigned char>(byte);
    encoded += '%';
    encoded += kDigits[code >> 4];
    encoded += kDigits[code & 0xF];
  }
  return encoded;
}

}  // namespace taskman::wire
