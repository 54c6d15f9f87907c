#pragma once
// The life of a sprint: planned → active → closed | cancelled. Pure; thread-safe. The caller
// keeps version and updated_at.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common/model/sprint.hpp"
#include "common/model/task.hpp"
#include "common/util/instant.hpp"

namespace taskman::domain {

/// Throws kConflict when one of `others` in the same project is active already.
void check_can_start(const model::Sprint& sprint, const std::vector<model::Sprint>& others);
/// The same for a sprint that comes to another project: only an active one has a rival there.
void check_can_move(const model::Sprint& sprint, const std::vector<model::Sprint>& others);

/// Active, with `tasks` (those that are in it now) as its committed scope. Equal to `sprint` when
/// it is active already. Throws kConflict when it has ended.
model::Sprint started(const model::Sprint& sprint, std::span<const model::Task> tasks,
                      util::Instant now);

/// What closing finds: `tasks` are those in the sprint now.
model::SprintReport report_of(const model::Sprint& sprint, std::span<const model::Task> tasks);

/// Closed, its report frozen; `carried_to` is the sprint's name its open tasks went to, or `none`.
/// Equal to `sprint` when it is closed already. Throws kConflict when it never started or was
/// cancelled.
struct Closing {
  std::span<const model::Task> tasks;
  std::string carried_to = "none";
  util::Instant now;
};
model::Sprint closed(const model::Sprint& sprint, const Closing& closing);

/// Cancelled, from planned or active. Equal to `sprint` when it is already. Throws kConflict when
/// closed.
model::Sprint cancelled(const model::Sprint& sprint, util::Instant now);

/// Where open tasks may be carried: planned or active, not the sprint itself. Throws kConflict.
void check_can_receive(const model::Sprint& from, const model::Sprint& to);

}  // namespace taskman::domain
