#pragma once
// The process environment enters here; tests hand in a map.

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace taskman::util {

/// Absence and the empty string are the same: unset.
using Environment = std::function<std::optional<std::string>(std::string_view name)>;

/// getenv(3); called before threads start.
Environment system_environment();

/// Those of our variables that `names` names, `NAME=value` each, for a child; `LC_*` is all that
/// begin so.
std::vector<std::string> environment_of(std::span<const std::string_view> names);

Environment fixed_environment(std::map<std::string, std::string, std::less<>> values);

}  // namespace taskman::util
