#pragma once
// Days in time zones that have a name. Thread-safe; the zone's file is read when it is first asked
// for.

#include <optional>
#include <string>

#include "common/util/instant.hpp"

namespace taskman::zone {

/// The day that `instant` falls on in `name` (an IANA name); none when this machine has no such
/// zone.
std::optional<util::Date> day_in(const std::string& name, util::Instant instant);

}  // namespace taskman::zone
