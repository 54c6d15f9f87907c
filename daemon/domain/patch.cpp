#include "daemon/domain/patch.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "common/error/error.hpp"
#include "daemon/domain/lifecycle.hpp"
#include "daemon/domain/validation.hpp"

namespace taskman::domain {
namespace {

template <typename T>
void set(T& field, const std::optional<T>& given) {
  if (given) field = *given;
}

template <typename T>
void edit(std::vector<T>& values, const std::vector<T>& add, const std::vector<T>& remove) {
  const auto removed = [&](const T& value) {
    return std::ranges::find(remove, value) != remove.end();
  };
  values.insert(values.end(), add.begin(), add.end());
  std::erase_if(values, removed);
}

void set_lists(model::Task& task, const model::TaskPatch& patch) {
  set(task.labels, patch.labels);
  edit(task.labels, patch.add_labels, patch.remove_labels);
  set(task.blocked_by, patch.blocked_by);
  edit(task.blocked_by, patch.add_blocked_by, patch.remove_blocked_by);
}

void set_fields(model::Task& task, const model::TaskPatch& patch) {
  set(task.title, patch.title);
  set(task.body, patch.body);
  set(task.priority, patch.priority);
  set(task.project, patch.project);
  set(task.sprint, patch.sprint);
  set(task.parent, patch.parent);
  set(task.assignee, patch.assignee);
  set(task.points, patch.points);
  set(task.due, patch.due);
  set(task.blocked_reason, patch.blocked_reason);
  set(task.external_id, patch.external_id);
}

void check_frozen(const model::Sprint& before, const model::Sprint& after) {
  const bool ended =
      before.state == model::SprintState::kClosed || before.state == model::SprintState::kCancelled;
  model::SprintFields allowed = before;
  allowed.name = after.name;
  allowed.goal = after.goal;
  if (!ended || allowed == static_cast<const model::SprintFields&>(after)) return;
  throw error::Error(error::Code::kConflict,
                     fmt::format("sprint '{}' is {}, so only its name and goal can change",
                                 before.name, model::name(before.state)));
}

}  // namespace

model::Task patched(const model::Task& task, const model::TaskPatch& patch, util::Instant now) {
  if (patch.status) check_transition(task, *patch.status);
  model::Task after = patch.status ? with_status(task, *patch.status, now) : task;
  set_fields(after, patch);
  set_lists(after, patch);
  normalise(after);
  check<model::TaskFields>(after);
  return after;
}

model::Sprint patched(const model::Sprint& sprint, const model::SprintPatch& patch) {
  model::Sprint after = sprint;
  set(after.name, patch.name);
  set(after.project, patch.project);
  set(after.goal, patch.goal);
  set(after.start, patch.start);
  set(after.end, patch.end);
  set(after.tz, patch.tz);
  set(after.capacity, patch.capacity);
  check<model::SprintFields>(after);
  check_frozen(sprint, after);
  return after;
}

model::Project patched(const model::Project& project, const model::ProjectPatch& patch) {
  model::Project after = project;
  set(after.name, patch.name);
  set(after.description, patch.description);
  check(after);
  return after;
}

}  // namespace taskman::domain
