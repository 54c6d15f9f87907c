#pragma once
// Files that commands are given: what leaves and enters the store goes through the command line.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "cli/session/session.hpp"
#include "common/model/task.hpp"

namespace taskman::cli {

/// In the working folder unless it is absolute.
std::string absolute_path(Session& session, const std::string& name);

/// How much of an input is read, and the way out where there is more.
struct Bound {
  std::size_t bytes;
  std::string_view hint;
};
/// Of what becomes a field of a task, a sprint or a project.
inline constexpr Bound kTextBound{model::kMaxBody, "keep it elsewhere and say where"};

/// A file to its end; `-` is stdin. Throws kNotFound, kPayloadTooLarge, kInvalidValue when it
/// cannot be read.
std::string read_input(Session& session, const std::string& name, const Bound& bound);

/// One line of stdin without its newline; false at the end. Throws kPayloadTooLarge for one that is
/// longer than any id, or answer, is.
bool read_input_line(Session& session, std::string& line);

/// All of `content` in the place of what the file was, or nothing changed; what is no regular file
/// (a pipe, a device) is written to. Throws kInvalidValue, kDiskFull.
void write_output(const std::string& path, std::string_view content);

/// `12.3 MiB`.
std::string size_text(std::int64_t bytes);

/// `1 task`, `12 tasks`.
std::string count_text(std::int64_t count, std::string_view thing);

}  // namespace taskman::cli
