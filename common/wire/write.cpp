#include "common/wire/write.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

#include "common/time/text.hpp"
#include "common/util/text.hpp"

namespace taskman::wire {
namespace {

constexpr unsigned char kAsciiEnd = 0x80;

bool is_plain(char byte) {
  const auto code = static_cast<unsigned char>(byte);
  return code >= 0x20 && byte != '"' && byte != '\\';
}

void put_escaped(std::string& out, char byte) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  switch (byte) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\b': out += "\\b"; return;
    case '\f': out += "\\f"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  const auto code = static_cast<unsigned char>(byte);
  out += "\\u00";
  out += kDigits[code >> 4];
  out += kDigits[code & 0xF];
}

void put_utf8(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const auto plain = static_cast<std::size_t>(std::ranges::find_if_not(text, is_plain) - text.begin());
    out += text.substr(0, plain);
    if (plain == text.size()) break;
    put_escaped(out, text[plain]);
    text.remove_prefix(plain + 1);
  }
  out += '"';
}

// Only error messages that quote their input get here: what is stored was checked on its way in.
std::string repaired(std::string_view text) {
  constexpr std::size_t kLongest = 4;
  std::string good;
  while (!text.empty()) {
    std::size_t length = 1;
    while (length <= std::min(kLongest, text.size()) && !util::is_utf8(text.substr(0, length))) {
      ++length;
    }
    const bool valid = length <= std::min(kLongest, text.size());
    good += valid ? text.substr(0, length) : std::string_view("\xEF\xBF\xBD");
    text.remove_prefix(valid ? length : 1);
  }
  return good;
}

}  // namespace

void put(std::string& out, std::string_view text) {
  const bool ascii = std::ranges::all_of(
      text, [](char byte) { return static_cast<unsigned char>(byte) < kAsciiEnd; });
  if (ascii || util::is_utf8(text)) {
    put_utf8(out, text);
  } else {
    put_utf8(out, repaired(text));
  }
}

void put(std::string& out, std::int64_t number) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

void put(std::string& out, util::Instant instant) {
  ((out += '"') += time::to_rfc3339(instant)) += '"';
}

void put(std::string& out, util::Date day) { ((out += '"') += time::to_text(day)) += '"'; }

void put(std::string& out, model::Status status) { put(out, model::name(status)); }
void put(std::string& out, model::Priority priority) { put(out, model::name(priority)); }
void put(std::string& out, model::SprintState state) { put(out, model::name(state)); }

}  // namespace taskman::wire
