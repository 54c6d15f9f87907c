#include "common/time/text.hpp"

#include "named_zone.hpp"
#include "support/catch.hpp"

namespace taskman::time {

using namespace std::chrono_literals;
using util::Instant;

namespace {

/// A Monday.
const Instant kNow = *parse_rfc3339("2026-11-23T10:00:00Z");

std::string when(const std::string& text, const Zone& zone, Instant now = kNow) {
  const auto span = parse_when(text, now, zone);
  if (!span) return "unknown";
  return to_rfc3339(span->from) + (span->is_day ? " to " + to_rfc3339(span->until) : "");
}

std::string day(const std::string& text, Instant now = kNow) {
  const UtcZone utc;
  const auto span = parse_when(text, now, utc);
  if (!span) return "unknown";
  return span->is_day ? to_text(utc.day_of(span->from)) : "an instant";
}

}  // namespace

TEST_CASE("an instant is written in RFC 3339, UTC, with milliseconds") {
  CHECK(to_rfc3339(kNow) == "2026-11-23T10:00:00.000Z");
  CHECK(to_rfc3339(kNow + 7ms) == "2026-11-23T10:00:00.007Z");
  CHECK(to_rfc3339(Instant{-1ms}) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("an instant is read in every form of RFC 3339") {
  CHECK(parse_rfc3339("2026-11-23T10:00:00.000Z") == kNow);
  CHECK(parse_rfc3339("2026-11-23t10:00:00z") == kNow);
  CHECK(parse_rfc3339("2026-11-23 10:00:00Z") == kNow);
  CHECK(parse_rfc3339("2026-11-23T12:30:00+02:30") == kNow);
  CHECK(parse_rfc3339("2026-11-23T05:00:00-05:00") == kNow);
  CHECK(parse_rfc3339("2026-11-23T10:00:00.1239999Z") == kNow + 123ms);
  CHECK(parse_rfc3339("2026-06-30T23:59:60Z") == parse_rfc3339("2026-07-01T00:00:00Z"));
}

TEST_CASE("what is not an instant is not guessed at") {
  for (const auto text : {"", "2026", "2026-11-23", "2026-11-23T10:00:00", "2026-11-23T10:00Z",
                          "2026-02-30T10:00:00Z", "2026-13-01T10:00:00Z", "2026-11-23T24:00:00Z",
                          "2026-11-23T10:60:00Z", "2026-11-23T10:00:61Z", "2026-11-23T10:00:00.Z",
                          "2026-11-23T10:00:00Z ", "2026-11-23T10:00:00+2:00",
                          "2026-11-23T10:00:00+24:00", "+026-11-23T10:00:00Z"}) {
    CAPTURE(text);
    CHECK(parse_rfc3339(text) == std::nullopt);
  }
}

TEST_CASE("a date is four, two and two digits of a day that exists") {
  CHECK(parse_date("2026-11-23") == util::Date{2026y / 11 / 23});
  CHECK(parse_date("2024-02-29") == util::Date{2024y / 2 / 29});
  for (const auto text : {"2025-02-29", "2026-1-1", "26-01-01", "2026-11-23 ", "20261123", ""}) {
    CHECK(parse_date(text) == std::nullopt);
  }
}

TEST_CASE("human days") {
  struct Row {
    const char* text;
    const char* day;
  };
  const Row rows[]{
      {"today", "2026-11-23"},
      {"Tomorrow", "2026-11-24"},
      {"yesterday", "2026-11-22"},
      {"mon", "2026-11-30"},
      {"tue", "2026-11-24"},
      {"FRI", "2026-11-27"},
      {"sunday", "2026-11-29"},
      {"eow", "2026-11-29"},
      {"eom", "2026-11-30"},
      {"eoy", "2026-12-31"},
      {"+0d", "2026-11-23"},
      {"+3d", "2026-11-26"},
      {"-2w", "2026-11-09"},
      {"+1m", "2026-12-23"},
      {"-1y", "2025-11-23"},
      {"2026-12-01", "2026-12-01"},
      {"+3h", "an instant"},
      {"now", "an instant"},
      {"frid", "unknown"},
      {"+3", "unknown"},
      {"3d", "unknown"},
      {"+d", "unknown"},
      {"++3d", "unknown"},
      {"+-3d", "unknown"},
      {"+9999y", "unknown"},
      {"-9999y", "unknown"},
      {"+99999999999d", "unknown"},
      {"", "unknown"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(day(row.text) == row.day);
  }
}

TEST_CASE("every word that is suggested for a date is one") {
  const UtcZone utc;
  for (const auto word : date_words()) {
    CAPTURE(word);
    CHECK(parse_when(word, kNow, utc).has_value());
  }
}

TEST_CASE("on a Sunday the week ends today and `sun` is in seven days") {
  const Instant sunday = *parse_rfc3339("2026-11-29T10:00:00Z");
  CHECK(day("eow", sunday) == "2026-11-29");
  CHECK(day("sun", sunday) == "2026-12-06");
}

TEST_CASE("a month after the 31st is the last day of a shorter month") {
  const Instant last = *parse_rfc3339("2027-01-31T10:00:00Z");
  CHECK(day("+1m", last) == "2027-02-28");
  CHECK(day("+13m", last) == "2028-02-29");
  CHECK(day("+1y", *parse_rfc3339("2028-02-29T10:00:00Z")) == "2029-02-28");
}

TEST_CASE("a day is the day of the user's zone") {
  const test::NamedZone berlin(test::kBerlin);
  const Instant late = *parse_rfc3339("2026-11-23T23:30:00Z");
  CHECK(when("today", berlin.zone(), late) ==
        "2026-11-23T23:00:00.000Z to 2026-11-24T23:00:00.000Z");
  CHECK(when("2026-03-29", berlin.zone()) ==
        "2026-03-28T23:00:00.000Z to 2026-03-29T22:00:00.000Z");
  CHECK(when("2026-10-25", berlin.zone()) ==
        "2026-10-24T22:00:00.000Z to 2026-10-25T23:00:00.000Z");
}

TEST_CASE("a time without offset is the time on the user's clock") {
  const test::NamedZone berlin(test::kBerlin);
  CHECK(when("2026-07-01T10:00", berlin.zone()) == "2026-07-01T08:00:00.000Z");
  CHECK(when("2026-12-01 10:00:30", berlin.zone()) == "2026-12-01T09:00:30.000Z");
  CHECK(when("2026-12-01T10:00:30Z", berlin.zone()) == "2026-12-01T10:00:30.000Z");
  CHECK(when("2026-12-01T10", berlin.zone()) == "unknown");
}

TEST_CASE("dates are of the years 0000 to 9999, and their last day is one in every zone") {
  CHECK(parse_rfc3339("9999-12-31T23:59:59.999Z").has_value());
  CHECK_FALSE(parse_rfc3339("9999-12-31T23:59:59-01:00"));
  CHECK_FALSE(parse_rfc3339("0000-01-01T00:00:00+01:00"));
  CHECK(day("9999-12-31") == "9999-12-31");
  CHECK(day("+8000y") == "unknown");
  for (const auto* const name : {"UTC0", "<-12>12", "<+14>-14"}) {
    CAPTURE(name);
    const test::NamedZone zone(name);
    const auto span = parse_when("9999-12-31", kNow, zone.zone());
    REQUIRE(span);
    CHECK(as_due(*span) < kEndOfTime);
    CHECK(span->from < kEndOfTime);
  }
}

TEST_CASE("due on a day is due in its last second, whatever its length") {
  const test::NamedZone berlin(test::kBerlin);
  const auto due = [&](const char* text) {
    return to_rfc3339(as_due(*parse_when(text, kNow, berlin.zone())));
  };
  CHECK(due("2026-12-01") == "2026-12-01T22:59:59.000Z");
  CHECK(due("2026-03-29") == "2026-03-29T21:59:59.000Z");
  CHECK(due("2026-12-01T10:00:00Z") == "2026-12-01T10:00:00.000Z");
}

TEST_CASE("durations") {
  CHECK(parse_duration("500ms") == 500ms);
  CHECK(parse_duration("30s") == 30s);
  CHECK(parse_duration("30") == 30s);
  CHECK(parse_duration("10m") == 10min);
  CHECK(parse_duration("1h30m") == 90min);
  CHECK(parse_duration("2d") == 48h);
  CHECK(parse_duration("0s") == 0s);
  for (const auto text : {"", "-1s", "s", "1x", "1h30", "1 h", "1.5s", "99999999999d", "1h-1m",
                          "9223372036854775807ms"}) {
    CAPTURE(text);
    CHECK(parse_duration(text) == std::nullopt);
  }
}

TEST_CASE("a duration is told in the largest unit it is a whole number of, as it is given") {
  for (const auto text : {"0ms", "500ms", "1500ms", "1s", "90s", "30m", "2h", "25h", "366d"}) {
    CAPTURE(text);
    CHECK(to_text(*parse_duration(text)) == text);
  }
  CHECK(to_text(*parse_duration("1h30m")) == "90m");
  CHECK(to_text(*parse_duration("24h")) == "1d");
}

TEST_CASE("how long ago, and how long still") {
  CHECK(to_relative(kNow, kNow + 500ms) == "just now");
  CHECK(to_relative(kNow - 3s, kNow) == "3 s ago");
  CHECK(to_relative(kNow - 59min, kNow) == "59 min ago");
  CHECK(to_relative(kNow + 5h, kNow) == "in 5 h");
  CHECK(to_relative(kNow + 48h, kNow) == "in 2 d");
  CHECK(to_relative(kNow - 45 * 24h, kNow) == "45 d ago");
  CHECK(to_relative(kNow - 100 * 24h, kNow) == "3 mo ago");
  CHECK(to_relative(kNow + 1000 * 24h, kNow) == "in 2 y");
}

}  // namespace taskman::time
