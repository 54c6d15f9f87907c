#pragma once
// The process environment enters here; tests hand in a map.

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace taskman::util {

/// Absence and the empty string are the same: unset.
using Environment = std::function<std::optional<std::string>(std::string_view name)>;

/// getenv(3); called before threads start.
Environment system_environment();

/// Our whole environment for a child, `NAME=value` each, with these values instead; an empty one
/// takes the variable away.
std::vector<std::string> environment_with(
    std::span<const std::pair<std::string, std::string>> changes);

Environment fixed_environment(std::map<std::string, std::string, std::less<>> values);

}  // namespace taskman::util
