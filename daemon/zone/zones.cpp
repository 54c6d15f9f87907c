#include "daemon/zone/zones.hpp"

#include <date/tz.h>

#include <chrono>
#include <stdexcept>

namespace taskman::zone {

std::optional<util::Date> day_in(const std::string& name, util::Instant instant) {
  const auto moment = std::chrono::floor<std::chrono::seconds>(instant);
  std::chrono::seconds offset{0};  // UTC needs no database
  if (name != "UTC") {
    try {
      offset = date::locate_zone(name)->get_info(moment).offset;
    } catch (const std::runtime_error&) {
      return std::nullopt;
    }
  }
  return util::Date{std::chrono::floor<std::chrono::days>(moment + offset)};
}

}  // namespace taskman::zone
