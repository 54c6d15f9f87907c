#pragma once
// Days belong to a time zone. The system's zone is asked through the C library (no database is
// loaded at start-up of a command).

#include "common/util/instant.hpp"

namespace taskman::time {

/// Thread-safe.
class Zone {
 public:
  virtual ~Zone() = default;
  /// The first instant of `day`.
  virtual util::Instant start_of(util::Date day) const = 0;
  /// The day that `instant` falls on.
  virtual util::Date day_of(util::Instant instant) const = 0;
};

/// The zone of TZ or /etc/localtime.
class SystemZone final : public Zone {
 public:
  util::Instant start_of(util::Date day) const override;
  util::Date day_of(util::Instant instant) const override;
};

class UtcZone final : public Zone {
 public:
  util::Instant start_of(util::Date day) const override;
  util::Date day_of(util::Instant instant) const override;
};

}  // namespace taskman::time
