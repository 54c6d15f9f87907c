#pragma once
// The whole program but main: words in, exit code out.

#include "cli/app/command_line.hpp"
#include "cli/session/world.hpp"

namespace taskman::app {

/// The only catch of a command. Prints what failed and answers its exit code.
int run(const cli::World& world, const Words& words);

}  // namespace taskman::app
