#pragma once
// Which time zones there are: the files of the system's zone database (tzfile(5)). Thread-safe.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace taskman::time {

/// `Europe/Berlin`, as the database spells it. UTC is always one; where no database is installed
/// nothing can be told, so every name is.
bool is_zone(std::string_view name);

/// Every name of the database, sorted; empty without one.
std::vector<std::string> zone_names();

/// The name of a zone in what TZ or the link /etc/localtime holds: `Europe/Berlin`,
/// `:Europe/Berlin`, `/usr/share/zoneinfo/Europe/Berlin`. None when it names no zone of the
/// database, such as `UTC+5` or `CET-1CEST`.
std::optional<std::string> named_zone(std::string_view text);

}  // namespace taskman::time
