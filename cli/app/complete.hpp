#pragma once
// `taskman __complete -- WORDS…`: what fits at the cursor, for the scripts in completions/.

#include <string>

#include "cli/app/command_line.hpp"
#include "cli/session/world.hpp"

namespace taskman::app {

inline constexpr std::string_view kCompleteWord = "__complete";

/// `words` as after `taskman`; the last one is under the cursor, empty when nothing of it is typed.
/// A line for each candidate, `value<TAB>description`; or `:files` alone, when the shell knows
/// better. Never throws, starts no daemon, and is empty when nothing fits.
std::string complete(const cli::World& world, const Words& words);

}  // namespace taskman::app
