#pragma once
// What can stand for one value of a line that is still being typed.

#include <span>
#include <string_view>

#include "cli/app/candidates.hpp"
#include "cli/app/place.hpp"
#include "cli/command.hpp"

namespace taskman::app {

/// One value that is to be completed, of a flag or an argument.
struct Slot {
  cli::Complete complete;
  std::span<const std::string_view> choices;
  const Place& place;
};

/// Nothing for files: the shell knows them.
Candidates value_candidates(const Slot& slot, std::string_view typed, const Source& source);

}  // namespace taskman::app
