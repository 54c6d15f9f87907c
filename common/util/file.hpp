#pragma once
// Whole small files.

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace taskman::util {

inline constexpr std::size_t kSmallFile = 1024 * 1024;  ///< bytes

/// None when there is no such file. Throws std::system_error naming the path, EFBIG when it has
/// more than `most` bytes.
std::optional<std::string> read_file(const std::string& path, std::size_t most = kSmallFile);

/// A path that is taken by a pipe, a folder, a socket or a device.
struct NotAFile : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The same of a small regular file, or /dev/null for an empty one; never waits. Throws NotAFile,
/// too.
std::optional<std::string> read_regular_file(const std::string& path);

/// The file is what it was or all of `content`, mode 0600, also after a loss of power. A symbolic
/// link stays and its target is replaced. Throws std::system_error naming the path.
void replace_file(const std::string& path, std::string_view content);

}  // namespace taskman::util
