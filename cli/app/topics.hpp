#pragma once
// `taskman help TOPIC`: what is not about one command. One table; help, completions and the manual
// are made from it. Constant, thread-safe.

#include <span>
#include <string>
#include <string_view>

#include "cli/app/command_line.hpp"

namespace taskman::app {

struct Topic {
  std::string_view name;
  std::string_view summary;  ///< one line, lower case, no full stop
  std::string (*text)();     ///< at most 100 columns, ended by a newline
};

std::span<const Topic> topics();

/// Of `help TOPIC`, with any flags; none when the words are others. Throws kUsage, with a
/// suggestion, for a word behind `help` that is neither a topic nor a command.
const Topic* find_topic(const Words& words);

}  // namespace taskman::app
