#include "common/util/utf8.hpp"

namespace taskman::util {
namespace {

constexpr CodePoint kInvalid{.value = 0, .bytes = 1, .valid = false};

struct Lead {
  std::size_t bytes;
  unsigned char bits;  ///< of the first byte
  char32_t lowest;     ///< below it the form is overlong
};

Lead lead_of(unsigned char first) {
  if (first < 0x80) return {1, first, 0};
  if ((first & 0xE0) == 0xC0) return {2, static_cast<unsigned char>(first & 0x1F), 0x80};
  if ((first & 0xF0) == 0xE0) return {3, static_cast<unsigned char>(first & 0x0F), 0x800};
  if ((first & 0xF8) == 0xF0) return {4, static_cast<unsigned char>(first & 0x07), 0x10000};
  return {0, 0, 0};
}

}  // namespace

CodePoint decode(std::string_view text, std::size_t position) {
  const Lead lead = lead_of(static_cast<unsigned char>(text[position]));
  if (lead.bytes == 0 || position + lead.bytes > text.size()) return kInvalid;
  char32_t value = lead.bits;
  for (std::size_t i = 1; i < lead.bytes; ++i) {
    const auto next = static_cast<unsigned char>(text[position + i]);
    if ((next & 0xC0) != 0x80) return kInvalid;
    value = (value << 6) | (next & 0x3FU);
  }
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < lead.lowest || value > 0x10FFFF || surrogate) return kInvalid;
  return {.value = value, .bytes = lead.bytes, .valid = true};
}

bool is_control(char32_t code) {
  if (code < 0x20 || (code >= 0x7F && code <= 0x9F)) return true;
  return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

}  // namespace taskman::util
