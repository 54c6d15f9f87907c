#pragma once
// Files that commands are given: what leaves and enters the store goes through the command line.

#include <cstdint>
#include <string>
#include <string_view>

#include "cli/session/session.hpp"

namespace taskman::cli {

/// In the working folder unless it is absolute.
std::string absolute_path(Session& session, const std::string& name);

/// A file to its end; `-` is stdin. Throws kNotFound, kInvalidValue when it cannot be read.
std::string read_input(Session& session, const std::string& name);

/// All of `content` in the place of what the file was, or nothing changed; what is no regular file
/// (a pipe, a device) is written to. Throws kInvalidValue, kDiskFull.
void write_output(const std::string& path, std::string_view content);

/// `12.3 MiB`.
std::string size_text(std::int64_t bytes);

/// `1 task`, `12 tasks`.
std::string count_text(std::int64_t count, std::string_view thing);

}  // namespace taskman::cli
