#pragma once
// Points in time and calendar days, the only representations the project uses.

#include <chrono>

namespace taskman::util {

/// A point in time, UTC, milliseconds since the Unix epoch.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// A calendar day without a time zone (sprint start and end).
using Date = std::chrono::year_month_day;

}  // namespace taskman::util
