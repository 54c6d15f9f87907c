#pragma once
// Tasks wait for tasks and lie under tasks; neither may go in a circle. Pure; thread-safe.

#include <functional>
#include <string>
#include <vector>

#include "common/model/task.hpp"

namespace taskman::domain {

/// The tasks one step away: blockers_of for dependencies, the parent (or none) for the tree.
using Neighbours = std::function<std::vector<model::TaskId>(model::TaskId)>;

/// The circle that `from` → `to` would close: from, to, …, from. Empty when there is none. The
/// shortest.
std::vector<model::TaskId> would_cycle(model::TaskId from, model::TaskId to,
                                       const Neighbours& neighbours);

/// Throws kCycle, telling the circle, when `task` cannot wait for one of `blockers`; kInvalidValue
/// for itself.
void check_blockers(model::TaskId task, const std::vector<model::TaskId>& blockers,
                    const Neighbours& blockers_of);

/// The same for a task's place under `parent`.
void check_parent(model::TaskId task, model::TaskId parent, const Neighbours& parent_of);

/// `42 → 17 → 42`.
std::string to_text(const std::vector<model::TaskId>& path);

}  // namespace taskman::domain
