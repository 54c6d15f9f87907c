#pragma once
// Partial edits: what a thing is after one. Pure; thread-safe. The caller compares with what was,
// and keeps version and updated_at.

#include "common/model/sprint.hpp"
#include "common/model/task.hpp"
#include "common/util/instant.hpp"

namespace taskman::domain {

/// Whole lists are replaced first, then additions and removals are made. A status moves as
/// lifecycle.hpp says (kConflict). Throws kInvalidValue for values validation.hpp refuses, and for
/// a blocked_reason without being blocked. That the things named exist, and that no circle closes,
/// is the caller's to check.
model::Task patched(const model::Task& task, const model::TaskPatch& patch, util::Instant now);

/// Throws kConflict when a closed or cancelled sprint would change in more than name and goal.
model::Sprint patched(const model::Sprint& sprint, const model::SprintPatch& patch);

model::Project patched(const model::Project& project, const model::ProjectPatch& patch);

}  // namespace taskman::domain
