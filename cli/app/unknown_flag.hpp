#pragma once
// Flags that nobody knows: refused, with what they may have been meant as.

#include <string>

#include "cli/app/command_line.hpp"

namespace taskman::app {

/// As it was typed: `--stauts=x`.
struct UnknownFlag {
  std::string word;
  std::string next;  ///< the word behind it; empty without one
};

/// Of a command that does not have it. Throws kUsage.
[[noreturn]] void refuse_unknown_flag(const cli::Command& command, const UnknownFlag& flag);

/// There are flags but no command: a mistyped flag is what went wrong, else the command is missing.
/// Throws kUsage.
[[noreturn]] void refuse_without_command(const Address& address);

}  // namespace taskman::app
