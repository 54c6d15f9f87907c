#pragma once
// What a change of a published JSON Schema would break. Pure.

#include <string>
#include <string_view>
#include <vector>

namespace taskman::test {

/// Each thing that a program written for `before` could stumble over in `after`, by its path: a
/// member that went, another type, what was always there and may be absent; of what is sent, a new
/// demand. Additions and descriptions break nothing. Both are schemas as JSON.
std::vector<std::string> breaks(std::string_view before, std::string_view after);

/// The same schema with a line per member, for people who compare two versions.
std::string in_lines(std::string_view schema);

}  // namespace taskman::test
