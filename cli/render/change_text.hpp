#pragma once
// A frame of the feed as people read it: who did what to which thing.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "common/model/task.hpp"
#include "common/time/zone.hpp"
#include "common/util/instant.hpp"
#include "common/wire/log.hpp"

namespace taskman::render {

/// What a number is called, empty for what is not known (any more); and whose days dates are.
struct Names {
  std::function<std::string(model::TaskId)> task;
  std::function<std::string(model::SprintId)> sprint;
  const time::Zone* zone = nullptr;  ///< not null
};

struct ChangeLine {
  util::Instant at;
  std::string actor;
  std::string thing;  ///< `42 Fix login`, `sprint Sprint 12`, `project web`
  std::string text;   ///< `status review → done, points 3`
};

/// One line per change that people care about, in the frame's order. Progress is left out: a live
/// view shows it, and it always comes with the task that moved it. Plain text, nothing escaped or
/// cut.
std::vector<ChangeLine> describe(const wire::Frame& frame, const Names& names);

}  // namespace taskman::render
