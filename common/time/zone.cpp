#include "common/time/zone.hpp"

#include <algorithm>
#include <array>
#include <ctime>

namespace taskman::time {
namespace {

using std::chrono::seconds;

/// Seconds east of Greenwich at `instant` (seconds since the epoch).
seconds offset_at(seconds instant) {
  const std::time_t moment = instant.count();
  std::tm local{};
  // Fails only for years beyond an int.
  if (::localtime_r(&moment, &local) == nullptr) return seconds{0};
  return seconds{local.tm_gmtoff};
}

seconds as_utc(util::Date day, seconds time_of_day) {
  return std::chrono::sys_days{day}.time_since_epoch() + time_of_day;
}

seconds since_epoch(util::Instant instant) {
  return std::chrono::floor<seconds>(instant).time_since_epoch();
}

util::Date date_of(seconds local) {
  return util::Date{std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds{local})};
}

}  // namespace

// localtime_r(3) need not read the zone by itself.
SystemZone::SystemZone() { ::tzset(); }

util::Instant SystemZone::at(util::Date day, seconds time_of_day) const {
  const seconds local = as_utc(day, time_of_day);
  constexpr std::chrono::hours kDay{24};
  const seconds before = offset_at(local - kDay);
  const seconds after = offset_at(local + kDay);
  // The larger offset gives the earlier instant; both are right when the clocks show this time
  // twice.
  for (const seconds offset : {std::max(before, after), std::min(before, after)}) {
    const seconds instant = local - offset;
    if (offset_at(instant) == offset) return util::Instant{instant};
  }
  return util::Instant{local - before};
}

util::Date SystemZone::day_of(util::Instant instant) const {
  const seconds moment = since_epoch(instant);
  return date_of(moment + offset_at(moment));
}

util::Instant UtcZone::at(util::Date day, seconds time_of_day) const {
  return util::Instant{as_utc(day, time_of_day)};
}

util::Date UtcZone::day_of(util::Instant instant) const { return date_of(since_epoch(instant)); }

seconds time_of_day(util::Instant instant, const Zone& zone) {
  const auto day = zone.day_of(instant);
  const auto passed = std::chrono::floor<seconds>(instant - zone.start_of(day));
  // Clocks that were set on this day show more or less than has passed of it.
  return passed + std::chrono::floor<seconds>(instant - zone.at(day, passed));
}

}  // namespace taskman::time
