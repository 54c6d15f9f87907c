// The second half of a write: what follows from the rows that were changed.

#include <algorithm>

#include "common/wire/log.hpp"
#include "daemon/service/work.hpp"

namespace taskman::service {
namespace {

using model::Change;
using model::ChangeType;
using model::Progress;
using model::SprintId;
using model::Task;
using model::TaskId;

enum class Step { kEnters = 1, kLeaves = -1 };

void count(std::map<SprintId, Progress>& steps, const std::optional<Task>& task, Step step) {
  if (!task || !task->sprint) return;
  const auto by = static_cast<std::int64_t>(step);
  Progress& progress = steps[*task->sprint];
  const auto status = static_cast<std::size_t>(task->status);
  progress.tasks[status] += by;
  progress.points[status] += by * task->points.value_or(0);
  if (!task->points) progress.unestimated += by;
}

void advance(Progress& to, const Progress& step) {
  for (std::size_t i = 0; i < to.tasks.size(); ++i) {
    to.tasks[i] += step.tasks[i];
    to.points[i] += step.points[i];
  }
  to.unestimated += step.unestimated;
}

template <typename T>
const T* pointer(const std::optional<T>& value) {
  return value ? &*value : nullptr;
}

struct Types {
  ChangeType created;
  ChangeType updated;
  ChangeType deleted;
};

// None for what was not written, or came and went within one write.
template <typename T>
std::optional<ChangeType> type_of(const Touched<T>& touched, const Types& types) {
  if (!touched.written || (!touched.before && !touched.after)) return std::nullopt;
  if (!touched.before) return types.created;
  return touched.after ? types.updated : types.deleted;
}

constexpr Types kTask{ChangeType::kTaskCreated, ChangeType::kTaskUpdated, ChangeType::kTaskDeleted};
constexpr Types kSprint{ChangeType::kSprintCreated, ChangeType::kSprintUpdated,
                        ChangeType::kSprintDeleted};
constexpr Types kProject{ChangeType::kProjectCreated, ChangeType::kProjectUpdated,
                         ChangeType::kProjectDeleted};

}  // namespace

void Work::remember_dependents(TaskId id) {
  for (const TaskId dependent : tx_.dependents_of(id)) load(dependent);
}

bool Work::is_ready(const Task& task) {
  if (!model::is_open(task.status) || task.status == model::Status::kBlocked) return false;
  return std::ranges::all_of(task.blocked_by, [&](TaskId blocker) {
    const Task* found = find_task(blocker);
    return found == nullptr || !model::is_open(found->status);
  });
}

void Work::settle() {
  // By id: is_ready() loads blockers, which may add to the map.
  std::vector<TaskId> ids;
  for (const auto& [id, touched] : tasks_) {
    if (touched.after) ids.push_back(id);
  }
  for (const TaskId id : ids) {
    Task& task = *tasks_.at(id).after;
    task.ready = is_ready(task);
  }
}

Progress Work::progress(SprintId id) {
  Progress now = tx_.progress_of(id);
  const auto steps = progress_steps();
  if (const auto step = steps.find(id); step != steps.end()) advance(now, step->second);
  return now;
}

std::map<SprintId, Progress> Work::progress_steps() const {
  std::map<SprintId, Progress> steps;
  for (const auto& [id, touched] : tasks_) {
    if (!touched.written) continue;
    count(steps, touched.before, Step::kLeaves);
    count(steps, touched.after, Step::kEnters);
  }
  return steps;
}

// Projects and sprints come before the tasks that name them, so that a follower can apply in order.
void Work::derive_things(std::vector<Change>& changes) const {
  for (const auto& [key, touched] : projects_) {
    const auto type = type_of(touched, kProject);
    if (type && touched.after) {
      changes.push_back(
          wire::project_change(*type, pointer(touched.before), pointer(touched.after)));
    }
  }
  for (const auto& [id, touched] : sprints_) {
    const auto type = type_of(touched, kSprint);
    if (type && touched.after) {
      changes.push_back(
          wire::sprint_change(*type, pointer(touched.before), pointer(touched.after)));
    }
  }
}

void Work::derive_tasks(std::vector<Change>& changes) const {
  for (const auto& [id, touched] : tasks_) {
    if (const auto type = type_of(touched, kTask)) {
      changes.push_back(wire::task_change(*type, pointer(touched.before), pointer(touched.after)));
    }
  }
  for (const auto& comment : comments_) {
    const auto& task = tasks_.at(comment.task).after;
    if (task) changes.push_back(wire::comment_change(comment, *task));
  }
}

void Work::derive_readiness(std::vector<Change>& changes) const {
  for (const auto& [id, touched] : tasks_) {
    if (touched.written || !touched.after || touched.before->ready == touched.after->ready)
      continue;
    changes.push_back(wire::readiness_change(*touched.after));
  }
}

void Work::derive_progress(std::vector<Change>& changes) {
  for (const auto& [id, step] : progress_steps()) {
    if (step == Progress{}) continue;
    if (const auto sprint = sprints_.find(id); sprint != sprints_.end() && !sprint->second.after)
      continue;
    const Progress before = tx_.progress_of(id);
    Progress after = before;
    advance(after, step);
    tx_.save_progress(id, after);
    changes.push_back(wire::progress_change(id, before, after));
  }
}

void Work::derive_ends(std::vector<Change>& changes) const {
  for (const auto& [id, touched] : sprints_) {
    if (type_of(touched, kSprint) != ChangeType::kSprintDeleted) continue;
    changes.push_back(
        wire::sprint_change(ChangeType::kSprintDeleted, pointer(touched.before), nullptr));
  }
  for (const auto& [key, touched] : projects_) {
    if (type_of(touched, kProject) != ChangeType::kProjectDeleted) continue;
    changes.push_back(
        wire::project_change(ChangeType::kProjectDeleted, pointer(touched.before), nullptr));
  }
}

model::Cursor Work::finish() {
  settle();
  std::vector<Change> changes;
  derive_things(changes);
  derive_tasks(changes);
  derive_readiness(changes);
  derive_progress(changes);
  derive_ends(changes);
  if (changes.empty()) return tx_.log_range().head;
  return tx_.append({.at = now_,
                     .actor = request_.caller.actor,
                     .origin = request_.caller.origin,
                     .key = request_.key,
                     .changes = std::move(changes)});
}

}  // namespace taskman::service
