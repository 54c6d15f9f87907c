#pragma once
// Texts for instants, days and durations: RFC 3339 on the wire, human words on the command line.

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "common/time/zone.hpp"
#include "common/util/instant.hpp"

namespace taskman::time {

/// Dates are of the years 0000 to 9999, which four digits can write: from the first instant to
/// before the second.
inline constexpr util::Instant kFirstInstant =
    std::chrono::sys_days{std::chrono::year{0} / std::chrono::January / 1};
inline constexpr util::Instant kEndOfTime =
    std::chrono::sys_days{std::chrono::year{9999} / std::chrono::December / 31} +
    std::chrono::days{1};

/// RFC 3339, UTC, milliseconds: `2026-11-23T10:00:00.000Z`.
std::string to_rfc3339(util::Instant instant);

/// Any RFC 3339 date-time with offset (fraction optional); none when it is not one, or beyond the
/// range.
std::optional<util::Instant> parse_rfc3339(std::string_view text);

/// `2026-11-23`.
std::string to_text(util::Date day);
std::optional<util::Date> parse_date(std::string_view text);

/// A human date as the half-open span it names: a day (`today`, `fri`, `2026-12-01`, `+3d`, `-2w`)
/// spans from its first instant to the next day's; an instant (RFC 3339, `now`, `+3h`) spans itself
/// plus one millisecond. Words: now today tomorrow yesterday mon…sun (the next one, not today) eow
/// eom eoy; +/-N with h d w m y. None when unknown, or beyond the range;
/// its last day is a whole one in every zone.
struct Span {
  util::Instant from;
  util::Instant until;
  bool is_day = false;
};
std::optional<Span> parse_when(std::string_view text, util::Instant now, const Zone& zone);

/// Every word it knows, for suggestions.
std::span<const std::string_view> date_words();

/// A due date: of a day its last second (23:59:59.000), of an instant that instant; within the
/// range.
util::Instant as_due(const Span& span);

/// `500ms`, `30s`, `10m`, `1h30m`, `2d`, a bare number is seconds; none when malformed or negative.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// In the largest unit that it is a whole number of: `90s`, `30m`, `366d`.
std::string to_text(std::chrono::milliseconds duration);

/// What people read: `3 s ago`, `in 2 d`, `just now`.
std::string to_relative(util::Instant instant, util::Instant now);

}  // namespace taskman::time
