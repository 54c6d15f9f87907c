#include "common/time/digits.hpp"

namespace taskman::time {

std::optional<int> Digits::number(std::size_t width) {
  if (rest_.size() < width) return std::nullopt;
  int value = 0;
  for (const char digit : rest_.substr(0, width)) {
    if (digit < '0' || digit > '9') return std::nullopt;
    value = value * 10 + (digit - '0');
  }
  rest_.remove_prefix(width);
  return value;
}

std::optional<util::Date> Digits::date() {
  const auto year = number(4);
  if (!year || !skip('-')) return std::nullopt;
  const auto month = number(2);
  if (!month || !skip('-')) return std::nullopt;
  const auto day = number(2);
  if (!day) return std::nullopt;
  const util::Date date{std::chrono::year{*year}, std::chrono::month(static_cast<unsigned>(*month)),
                        std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return date;
}

std::optional<std::chrono::seconds> Digits::time() {
  const auto hour = number(2);
  if (!hour || !skip(':')) return std::nullopt;
  const auto minute = number(2);
  if (!minute || *hour > 23 || *minute > 59) return std::nullopt;
  return std::chrono::hours{*hour} + std::chrono::minutes{*minute};
}

std::optional<std::chrono::seconds> Digits::time_with_seconds() {
  const auto minute = time();
  if (!minute || !skip(':')) return std::nullopt;
  const auto second = number(2);
  if (!second || *second > 60) return std::nullopt;
  return *minute + std::chrono::seconds{*second};
}

}  // namespace taskman::time
