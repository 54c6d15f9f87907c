#include <fmt/format.h>

#include "common/util/text.hpp"
#include "common/util/utf8.hpp"

namespace taskman::util {
namespace {

std::string escape(char32_t code) {
  switch (code) {
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      break;
  }
  const auto value = static_cast<unsigned>(code);
  return code < 0x80 ? fmt::format("\\x{:02x}", value) : fmt::format("\\u{:04x}", value);
}

bool is_plain(unsigned char byte) { return byte >= 0x20 && byte < 0x7F; }

}  // namespace

bool is_blank(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint next = decode(text, i);
    const bool unseen = columns_of(next.value) == 0 && !is_control(next.value);
    if (!next.valid || (!unseen && !is_space(next.value))) return false;
    i += next.bytes;
  }
  return true;
}

std::string escape_for_terminal(std::string_view text, std::string_view keep) {
  std::string shown;
  shown.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const char byte = text[i];
    const bool kept = (byte == '\n' || byte == '\t') && keep.find(byte) != std::string_view::npos;
    if (kept || is_plain(static_cast<unsigned char>(byte))) {
      shown += byte;
      ++i;
      continue;
    }
    const CodePoint next = decode(text, i);
    if (!next.valid) {
      shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(byte));
    } else if (is_control(next.value)) {
      shown += escape(next.value);
    } else {
      shown += text.substr(i, next.bytes);
    }
    i += next.bytes;
  }
  return shown;
}

std::size_t display_width(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint next = decode(text, i);
    columns += next.valid ? static_cast<std::size_t>(columns_of(next.value)) : 1;
    i += next.bytes;
  }
  return columns;
}

std::string fit(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  if (columns == 0) return {};
  std::size_t used = 0;
  std::size_t end = 0;
  while (end < text.size()) {
    const CodePoint next = decode(text, end);
    const std::size_t width = next.valid ? static_cast<std::size_t>(columns_of(next.value)) : 1;
    if (used + width > columns - 1) break;
    used += width;
    end += next.bytes;
  }
  return std::string(text.substr(0, end)) + "…";
}

}  // namespace taskman::util
