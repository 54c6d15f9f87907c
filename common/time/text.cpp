#include "common/time/text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "common/time/digits.hpp"

namespace taskman::time {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

/// Digits after the point beyond milliseconds are read and dropped.
std::optional<milliseconds> read_fraction(Digits& digits) {
  if (!digits.skip('.')) return milliseconds{0};
  milliseconds fraction{0};
  milliseconds worth{100};
  int count = 0;
  while (const auto digit = digits.number(1)) {
    fraction += *digit * worth;
    worth /= 10;
    ++count;
  }
  if (count == 0) return std::nullopt;
  return fraction;
}

std::optional<minutes> read_offset(Digits& digits) {
  if (digits.skip('Z') || digits.skip('z')) return minutes{0};
  const bool east = digits.skip('+');
  if (!east && !digits.skip('-')) return std::nullopt;
  const auto hour = digits.number(2);
  if (!hour || !digits.skip(':')) return std::nullopt;
  const auto minute = digits.number(2);
  if (!minute || *hour > 23 || *minute > 59) return std::nullopt;
  const minutes offset = std::chrono::hours{*hour} + minutes{*minute};
  return east ? offset : -offset;
}

}  // namespace

std::string to_rfc3339(util::Instant instant) {
  const auto midnight = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss clock{instant - midnight};
  return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", to_text(util::Date{midnight}),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                     clock.subseconds().count());
}

std::optional<util::Instant> parse_rfc3339(std::string_view text) {
  Digits digits(text);
  const auto day = digits.date();
  const bool separated = digits.skip('T') || digits.skip('t') || digits.skip(' ');
  if (!day || !separated) return std::nullopt;
  const auto time_of_day = digits.time_with_seconds();
  if (!time_of_day) return std::nullopt;
  const auto fraction = read_fraction(digits);
  if (!fraction) return std::nullopt;
  const auto offset = read_offset(digits);
  if (!offset || !digits.at_end()) return std::nullopt;
  const util::Instant instant =
      util::Instant{std::chrono::sys_days{*day}} + *time_of_day + *fraction - *offset;
  if (instant < kFirstInstant || instant >= kEndOfTime) return std::nullopt;
  return instant;
}

std::string to_text(util::Date day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

std::optional<util::Date> parse_date(std::string_view text) {
  Digits digits(text);
  const auto day = digits.date();
  if (!digits.at_end()) return std::nullopt;
  return day;
}

util::Instant as_due(const Span& span) {
  constexpr std::chrono::seconds kLast{1};
  return span.is_day ? std::min(span.until, kEndOfTime) - kLast : span.from;
}

}  // namespace taskman::time
