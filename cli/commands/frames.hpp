#pragma once
// Frames of the change log, as `task log` and `events` print them.

#include <optional>
#include <vector>

#include "cli/commands/print.hpp"
#include "cli/render/change_text.hpp"

namespace taskman::cli {

/// Lines for people: when, who, what.
std::string frame_text(Session& session, const wire::Frame& frame, const render::Names& names);

/// Whose changes a person wants to see; all when both are empty.
struct Scope {
  std::vector<model::TaskId> tasks{};
  std::optional<model::SprintId> sprint{};
};

/// The frame without what it says of other things: one transaction may have changed thousands. Of
/// an edited task the frame does not tell its sprint unless that changed, so with a sprint such
/// changes stay.
wire::Frame about(wire::Frame frame, const Scope& scope);

}  // namespace taskman::cli
