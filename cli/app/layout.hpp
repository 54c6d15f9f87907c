#pragma once
// How help texts are set: two columns, at most 100 wide. Pure.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/command.hpp"

namespace taskman::app {

using Rows = std::vector<std::pair<std::string, std::string>>;

/// Broken between words; every line but the first is indented.
std::string wrapped(std::string_view text, std::size_t indent);

/// An empty line, the title, the rows; nothing without rows. A left text that is too long has a
/// line of its own.
std::string table(std::string_view title, const Rows& rows);

/// `-p, --priority P`.
std::string flag_text(const cli::Flag& flag);

}  // namespace taskman::app
