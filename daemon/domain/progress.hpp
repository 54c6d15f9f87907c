#pragma once
// A sprint's progress, kept by the step a task makes, never recounted. Pure; thread-safe.

#include <span>
#include <vector>

#include "common/model/sprint.hpp"
#include "common/model/task.hpp"

namespace taskman::domain {

void count(model::Progress& progress, const model::TaskFields& task);
void uncount(model::Progress& progress, const model::TaskFields& task);
model::Progress progress_of(std::span<const model::Task> tasks);

/// What a task's change does to the sprints it was and is in. One step when it stayed in its
/// sprint, none when it is in no sprint or nothing that counts changed.
struct ProgressStep {
  model::SprintId sprint;
  model::Progress delta;  ///< to add, possibly negative
  bool operator==(const ProgressStep&) const = default;
};
/// Null: the task did not exist before, or does not any more.
std::vector<ProgressStep> progress_steps(const model::TaskFields* before,
                                         const model::TaskFields* after);

model::Progress operator+(const model::Progress& a, const model::Progress& b);

}  // namespace taskman::domain
