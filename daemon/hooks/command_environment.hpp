#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/hooks/attempt.hpp"

namespace taskman::hooks {

/// What a command gets of the daemon's own environment; `LC_*` is all that begin so. The rest is of
/// whichever shell happened to start the daemon, its secrets among it. docs/hooks.md lists them.
std::span<const std::string_view> inherited_variables();

/// `NAME=value` each: those, TASKMAN_URL, and what is said of the delivery.
std::vector<std::string> command_environment(const std::string& url, const Delivery& delivery);

}  // namespace taskman::hooks
