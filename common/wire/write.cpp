#include "common/wire/write.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
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
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\b':
      out += "\\b";
      return;
    case '\f':
      out += "\\f";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  const auto code = static_cast<unsigned char>(byte);
  out += "\\u00";
  out += kDigits[code >> 4];
  out += kDigits[code & 0xF];
}

void put_utf8(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const auto plain =
        static_cast<std::size_t>(std::ranges::find_if_not(text, is_plain) - text.begin());
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

/// Writes `number` so that its last digit stands at `last`.
void put_digits(std::string& text, std::size_t last, unsigned number) {
  for (; number != 0; number /= 10) text[last--] = static_cast<char>('0' + number % 10);
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

// The same text as time::to_rfc3339, which formats: every task has four of these, and here digits
// in place are ten times faster. What does not fit the pattern goes the long way.
void put(std::string& out, util::Instant instant) {
  const auto midnight = std::chrono::floor<std::chrono::days>(instant);
  const util::Date day(midnight);
  const auto year = static_cast<int>(day.year());
  if (year < 0 || year > 9999) {
    ((out += '"') += time::to_rfc3339(instant)) += '"';
    return;
  }
  const auto clock = static_cast<unsigned>((instant - midnight).count());
  std::string text = R"("0000-00-00T00:00:00.000Z")";
  put_digits(text, 4, static_cast<unsigned>(year));
  put_digits(text, 7, static_cast<unsigned>(day.month()));
  put_digits(text, 10, static_cast<unsigned>(day.day()));
  put_digits(text, 13, clock / 3'600'000);
  put_digits(text, 16, clock / 60'000 % 60);
  put_digits(text, 19, clock / 1000 % 60);
  put_digits(text, 23, clock % 1000);
  out += text;
}

void put(std::string& out, util::Date day) { ((out += '"') += time::to_text(day)) += '"'; }

void put(std::string& out, model::Status status) { put(out, model::name(status)); }
void put(std::string& out, model::Priority priority) { put(out, model::name(priority)); }
void put(std::string& out, model::SprintState state) { put(out, model::name(state)); }

}  // namespace taskman::wire
