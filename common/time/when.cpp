// Human dates: words, weekdays, steps from now, ISO 8601.
#include <algorithm>
#include <array>

#include "common/time/digits.hpp"
#include "common/time/text.hpp"
#include "common/util/text.hpp"

namespace taskman::time {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::weekday;
using util::Date;
using util::Instant;

/// What the words are relative to.
struct Now {
  Instant instant;
  const Zone& zone;
  Date today;
};

Span span_of_day(Date day, const Now& now) {
  return {.from = now.zone.start_of(day),
          .until = now.zone.start_of(sys_days{day} + days{1}),
          .is_day = true};
}

Span span_of_instant(Instant instant) {
  return {.from = instant, .until = instant + std::chrono::milliseconds{1}, .is_day = false};
}

/// The 31st a month after the 31st of January is the last day of February.
Date clamp(Date day) { return day.ok() ? day : Date{day.year() / day.month() / std::chrono::last}; }

Date end_of_week(Date day) {
  const sys_days today{day};
  return today + (std::chrono::Sunday - weekday{today});
}

std::optional<Date> find_word(std::string_view word, Date today) {
  const sys_days day{today};
  if (word == "today") return day;
  if (word == "tomorrow") return day + days{1};
  if (word == "yesterday") return day - days{1};
  if (word == "eow") return end_of_week(today);
  if (word == "eom") return Date{today.year() / today.month() / std::chrono::last};
  if (word == "eoy") return Date{today.year() / std::chrono::December / std::chrono::last};
  return std::nullopt;
}

std::optional<Date> find_weekday(std::string_view word, Date today) {
  static constexpr std::array<std::string_view, 7> kNames{
      "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
  const auto named = [&](std::string_view name) {
    return word == name || word == name.substr(0, 3);
  };
  const auto found = std::ranges::find_if(kNames, named);
  if (found == kNames.end()) return std::nullopt;
  const weekday wanted{static_cast<unsigned>(found - kNames.begin())};
  const sys_days tomorrow = sys_days{today} + days{1};
  return tomorrow + (wanted - weekday{tomorrow});
}

/// `+3d`, `-2w`: none when it is not a step or leaves the calendar.
std::optional<Span> find_step(std::string_view word, const Now& now) {
  // Years this far are still representable, and then refused as outside of the calendar.
  constexpr long long kFarthest = 20'000;
  if (word.size() < 3 || (word.front() != '+' && word.front() != '-')) return std::nullopt;
  const auto amount = util::parse_integer(word.substr(1, word.size() - 2));
  if (!amount || *amount < 0 || *amount > kFarthest) return std::nullopt;
  const int count = static_cast<int>(word.front() == '-' ? -*amount : *amount);
  switch (word.back()) {
    case 'h':
      return span_of_instant(now.instant + std::chrono::hours{count});
    case 'd':
      return span_of_day(sys_days{now.today} + days{count}, now);
    case 'w':
      return span_of_day(sys_days{now.today} + days{7 * count}, now);
    case 'm':
      return span_of_day(clamp(now.today + months{count}), now);
    case 'y':
      return span_of_day(clamp(now.today + std::chrono::years{count}), now);
    default:
      return std::nullopt;
  }
}

/// `2026-12-01T10:00` and `2026-12-01T10:00:00`, as clocks show it here.
std::optional<Instant> find_local(std::string_view text, const Zone& zone) {
  Digits digits(text);
  const auto day = digits.date();
  if (!day || !(digits.skip('T') || digits.skip('t') || digits.skip(' '))) return std::nullopt;
  Digits full = digits;
  if (const auto time = digits.time(); time && digits.at_end()) return zone.at(*day, *time);
  if (const auto time = full.time_with_seconds(); time && full.at_end())
    return zone.at(*day, *time);
  return std::nullopt;
}

bool in_calendar(const Span& span) {
  // The day that ends here ends later in the west.
  constexpr std::chrono::hours kFarthestWest{12};
  const auto end = span.is_day ? kEndOfTime + kFarthestWest : kEndOfTime;
  return span.from >= kFirstInstant && span.until <= end;
}

std::optional<Span> find_when(std::string_view text, const Now& now) {
  const std::string word = util::to_lower(text);
  if (word == "now") return span_of_instant(now.instant);
  if (const auto day = find_word(word, now.today)) return span_of_day(*day, now);
  if (const auto day = find_weekday(word, now.today)) return span_of_day(*day, now);
  if (const auto step = find_step(word, now)) return step;
  if (const auto day = parse_date(text)) return span_of_day(*day, now);
  if (const auto instant = parse_rfc3339(text)) return span_of_instant(*instant);
  if (const auto instant = find_local(text, now.zone)) return span_of_instant(*instant);
  return std::nullopt;
}

}  // namespace

std::span<const std::string_view> date_words() {
  static constexpr std::array<std::string_view, 21> kWords{
      "today",  "tomorrow", "yesterday", "now",      "eow",    "eom",      "eoy",
      "monday", "tuesday",  "wednesday", "thursday", "friday", "saturday", "sunday",
      "mon",    "tue",      "wed",       "thu",      "fri",    "sat",      "sun"};
  return kWords;
}

std::optional<Span> parse_when(std::string_view text, Instant now, const Zone& zone) {
  const auto span = find_when(text, {.instant = now, .zone = zone, .today = zone.day_of(now)});
  if (!span || !in_calendar(*span)) return std::nullopt;
  return span;
}

}  // namespace taskman::time
