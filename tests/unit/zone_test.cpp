#include "common/time/zone.hpp"

#include "common/time/text.hpp"
#include "common/time/zone_names.hpp"
#include "named_zone.hpp"
#include "support/catch.hpp"

namespace taskman::time {

using namespace std::chrono_literals;
using test::NamedZone;

namespace {

std::string start(const Zone& zone, util::Date day) { return to_rfc3339(zone.start_of(day)); }

}  // namespace

TEST_CASE("a day begins at midnight of its zone") {
  CHECK(start(UtcZone{}, 2026y / 7 / 1) == "2026-07-01T00:00:00.000Z");
  const NamedZone berlin(test::kBerlin);
  CHECK(start(berlin.zone(), 2026y / 1 / 1) == "2025-12-31T23:00:00.000Z");
  CHECK(start(berlin.zone(), 2026y / 7 / 1) == "2026-06-30T22:00:00.000Z");
  const NamedZone samoa("<+13>-13");
  CHECK(start(samoa.zone(), 2026y / 7 / 1) == "2026-06-30T11:00:00.000Z");
}

TEST_CASE("a day of a clock change has 23 or 25 hours") {
  const NamedZone berlin(test::kBerlin);
  const auto length = [&](util::Date day) {
    return berlin.zone().start_of(std::chrono::sys_days{day} + std::chrono::days{1}) -
           berlin.zone().start_of(day);
  };
  CHECK(length(2026y / 3 / 28) == 24h);
  CHECK(length(2026y / 3 / 29) == 23h);
  CHECK(length(2026y / 10 / 25) == 25h);
}

TEST_CASE("a day without midnight begins when its clocks begin") {
  const NamedZone sao_paulo(test::kSaoPaulo);
  CHECK(start(sao_paulo.zone(), 2026y / 11 / 1) == "2026-11-01T03:00:00.000Z");
  CHECK(sao_paulo.zone().day_of(sao_paulo.zone().start_of(2026y / 11 / 1)) == 2026y / 11 / 1);
  CHECK(start(sao_paulo.zone(), 2026y / 2 / 15) == "2026-02-15T03:00:00.000Z");
}

TEST_CASE("of two instants that clocks show alike the first is meant") {
  const NamedZone berlin(test::kBerlin);
  const auto at = [&](util::Date day, std::chrono::seconds time) {
    return to_rfc3339(berlin.zone().at(day, time));
  };
  CHECK(at(2026y / 10 / 25, 2h + 30min) == "2026-10-25T00:30:00.000Z");
  CHECK(at(2026y / 3 / 29, 2h + 30min) == "2026-03-29T01:30:00.000Z");
  CHECK(at(2026y / 7 / 1, 10h) == "2026-07-01T08:00:00.000Z");
}

TEST_CASE("the time of day is what clocks show, also after they were set") {
  const NamedZone berlin(test::kBerlin);
  const auto shown = [&](std::string_view instant) {
    return time_of_day(parse_rfc3339(instant).value(), berlin.zone());
  };
  CHECK(shown("2026-07-01T08:00:00.999Z") == 10h);
  CHECK(shown("2026-03-29T00:30:00Z") == 1h + 30min);
  CHECK(shown("2026-03-29T08:00:00Z") == 10h);  // forward at 02:00
  CHECK(shown("2026-10-25T00:30:00Z") == 2h + 30min);
  CHECK(shown("2026-10-25T01:30:00Z") == 2h + 30min);  // the second time
  CHECK(shown("2026-10-25T22:59:59Z") == 24h - 1s);
}

TEST_CASE(
    "every day of a year begins on itself, and the millisecond before belongs to the day before") {
  for (const auto rule : {test::kBerlin, test::kSaoPaulo, "UTC0", "<-12>12", "<+14>-14"}) {
    const NamedZone zone(rule);
    for (std::chrono::sys_days day = 2026y / 1 / 1; day < 2027y / 1 / 1;
         day += std::chrono::days{1}) {
      const auto begin = zone.zone().start_of(day);
      REQUIRE(zone.zone().day_of(begin) == util::Date{day});
      REQUIRE(zone.zone().day_of(begin - 1ms) == util::Date{day - std::chrono::days{1}});
    }
  }
}

TEST_CASE("the name of a zone is found in what TZ holds, and never guessed") {
  // Without a zone database nothing can be told.
  if (zone_names().empty()) return;
  CHECK(named_zone("Europe/Berlin") == "Europe/Berlin");
  CHECK(named_zone(":Europe/Berlin") == "Europe/Berlin");
  CHECK(named_zone("/usr/share/zoneinfo/Europe/Berlin") == "Europe/Berlin");
  CHECK(named_zone("/usr/share/zoneinfo/Etc/UTC") == "UTC");
  CHECK(named_zone("Etc/GMT+5") == "Etc/GMT+5");
  CHECK(named_zone("UTC0") == "UTC");
  for (const auto* const text :
       {"", "UTC+5", "CET-1CEST,M3.5.0,M10.5.0/3", "Europe/Nowhere", "/tmp/zone"}) {
    CAPTURE(text);
    CHECK(named_zone(text) == std::nullopt);
  }
}

}  // namespace taskman::time
