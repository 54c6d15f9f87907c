#pragma once
// Whole small files.

#include <optional>
#include <string>
#include <string_view>

namespace taskman::util {

/// None when there is no such file. Throws std::system_error naming the path.
std::optional<std::string> read_file(const std::string& path);

/// The file is what it was or all of `content`, mode 0600, also after a loss of power. A symbolic
/// link stays and its target is replaced. Throws std::system_error naming the path.
void replace_file(const std::string& path, std::string_view content);

}  // namespace taskman::util
