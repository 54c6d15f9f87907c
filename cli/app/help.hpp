#pragma once
// Help at every level, made from the command table. At most 100 columns.

#include <string>
#include <string_view>

#include "cli/command.hpp"

namespace taskman::app {

/// `taskman --help`.
std::string help_text();
/// `taskman task --help`. `noun` is one of the table's.
std::string help_text(std::string_view noun);
/// `taskman task add --help`.
std::string help_text(const cli::Command& command);

/// `taskman task add TITLE [flags]`.
std::string usage_line(const cli::Command& command);

/// The whole table as one JSON document: manual pages, completions and tests are made from it.
std::string dump_commands();

}  // namespace taskman::app
