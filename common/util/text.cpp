#include "common/util/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "common/util/utf8.hpp"

namespace taskman::util {
namespace {

constexpr std::string_view kSpace = " \t\r\n\v\f";

char fold(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool same_folded(char a, char b) { return fold(a) == fold(b); }

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint next = decode(text, i);
    if (!next.valid) return false;
    i += next.bytes;
  }
  return true;
}

std::size_t count_characters(std::string_view text) {
  const auto starts = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; };
  return static_cast<std::size_t>(std::ranges::count_if(text, starts));
}

std::optional<std::string> find_control(std::string_view text, std::string_view allowed) {
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint next = decode(text, i);
    const bool is_allowed = next.bytes == 1 && allowed.find(text[i]) != std::string_view::npos;
    if (next.valid && is_control(next.value) && !is_allowed) {
      return fmt::format("U+{:04X}", static_cast<unsigned>(next.value));
    }
    i += next.bytes;
  }
  return std::nullopt;
}

std::string to_lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), fold);
  return lower;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, same_folded);
}

bool contains_ignoring_case(std::string_view text, std::string_view wanted) {
  const auto found =
      std::search(text.begin(), text.end(), wanted.begin(), wanted.end(), same_folded);
  return wanted.empty() || found != text.end();
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
  return fmt::format("{}", fmt::join(parts, separator));
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::optional<long long> parse_integer(std::string_view text) {
  long long value = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, failure] = std::from_chars(text.data(), end, value);
  if (text.empty() || failure != std::errc{} || stopped != end) return std::nullopt;
  return value;
}

}  // namespace taskman::util
