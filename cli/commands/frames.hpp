#pragma once
// Frames of the change log, as `task log` and `events` print them.

#include "cli/commands/print.hpp"
#include "cli/render/change_text.hpp"

namespace taskman::cli {

/// Lines for people: when, who, what.
std::string frame_text(Session& session, const wire::Frame& frame, const render::Names& names);

/// The frame without what it says of other things than these tasks (none: it stays whole): a
/// transaction may have changed thousands.
wire::Frame about(wire::Frame frame, const std::vector<model::TaskId>& tasks);

}  // namespace taskman::cli
