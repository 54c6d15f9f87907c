#pragma once
// Frames of the change log, as `task log` and `events` print them.

#include "cli/commands/print.hpp"
#include "cli/render/change_text.hpp"

namespace taskman::cli {

/// Lines for people: when, who, what.
std::string frame_text(Session& session, const std::string& frame, const render::Names& names);

}  // namespace taskman::cli
