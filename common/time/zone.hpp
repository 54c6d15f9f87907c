#pragma once
// Days belong to a time zone. The system's zone is asked through the C library (no database is
// loaded at start-up of a command).

#include <chrono>

#include "common/util/instant.hpp"

namespace taskman::time {

/// Thread-safe.
class Zone {
 public:
  virtual ~Zone() = default;
  /// When clocks show `time_of_day` on `day`: the first of two when clocks were set back over it;
  /// when they were set forward over it, that much after the change.
  virtual util::Instant at(util::Date day, std::chrono::seconds time_of_day) const = 0;
  /// The first instant of `day`.
  virtual util::Instant start_of(util::Date day) const { return at(day, std::chrono::seconds{0}); }
  /// The day that `instant` falls on.
  virtual util::Date day_of(util::Instant instant) const = 0;
};

/// The zone of TZ or /etc/localtime, as tzset(3) last read it.
class SystemZone final : public Zone {
 public:
  SystemZone();
  util::Instant at(util::Date day, std::chrono::seconds time_of_day) const override;
  util::Date day_of(util::Instant instant) const override;
};

class UtcZone final : public Zone {
 public:
  util::Instant at(util::Date day, std::chrono::seconds time_of_day) const override;
  util::Date day_of(util::Instant instant) const override;
};

/// What clocks show at `instant`, as time since midnight.
std::chrono::seconds time_of_day(util::Instant instant, const Zone& zone);

}  // namespace taskman::time
