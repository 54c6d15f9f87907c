// The second half of a write: what follows from the rows that were changed.

#include <algorithm>

#include "common/wire/log.hpp"
#include "daemon/domain/lifecycle.hpp"
#include "daemon/domain/progress.hpp"
#include "daemon/service/work.hpp"

namespace taskman::service {
namespace {

using model::Change;
using model::ChangeType;
using model::Progress;
using model::SprintId;
using model::Task;
using model::TaskId;

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
  const auto open = std::ranges::count_if(task.blocked_by, [&](TaskId blocker) {
    const Task* found = find_task(blocker);
    return found != nullptr && model::is_open(found->status);
  });
  return domain::is_ready(task, static_cast<std::size_t>(open));
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
  using domain::operator+;
  const auto steps = progress_steps();
  const auto step = steps.find(id);
  const Progress stored = tx_.progress_of(id);
  return step == steps.end() ? stored : stored + step->second;
}

std::map<SprintId, Progress> Work::progress_steps() const {
  using domain::operator+;
  std::map<SprintId, Progress> sums;
  for (const auto& [id, touched] : tasks_) {
    if (!touched.written) continue;
    for (const auto& step :
         domain::progress_steps(pointer(touched.before), pointer(touched.after))) {
      Progress& sum = sums[step.sprint];
      sum = sum + step.delta;
    }
  }
  return sums;
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
  const std::vector<model::Comment> no_comments;
  for (const auto& [id, touched] : tasks_) {
    const auto type = type_of(touched, kTask);
    if (!type) continue;
    if (*type == ChangeType::kTaskDeleted) {
      const auto lost = lost_comments_.find(id);
      changes.push_back(wire::deletion_change(
          *touched.before, lost == lost_comments_.end() ? no_comments : lost->second));
    } else {
      changes.push_back(wire::task_change(*type, pointer(touched.before), pointer(touched.after)));
    }
  }
  for (const auto& comment : removed_comments_) {
    const auto& task = tasks_.at(comment.task).after;
    if (task) changes.push_back(wire::uncomment_change(comment, *task));
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

std::vector<Work::Progressed> Work::progressed() const {
  using domain::operator+;
  std::vector<Progressed> sprints;
  for (const auto& [id, step] : progress_steps()) {
    const auto sprint = sprints_.find(id);
    const bool is_gone = sprint != sprints_.end() && !sprint->second.after;
    if (is_gone || step == Progress{}) continue;
    const Progress before = tx_.progress_of(id);
    sprints.push_back({.sprint = id, .before = before, .after = before + step});
  }
  return sprints;
}

void Work::derive_progress(std::vector<Change>& changes) const {
  for (const auto& [sprint, before, after] : progressed())
    changes.push_back(wire::progress_change(sprint, before, after));
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

std::optional<util::Instant> Work::lease_end() const {
  std::optional<util::Instant> first;
  for (const auto& [id, touched] : tasks_) {
    if (!touched.written || !touched.after || !touched.after->lease) continue;
    const util::Instant end = touched.after->lease->until;
    if (!first || end < *first) first = end;
  }
  return first;
}

std::vector<Change> Work::changes() {
  settle();
  std::vector<Change> changes;
  derive_things(changes);
  derive_tasks(changes);
  derive_readiness(changes);
  derive_progress(changes);
  derive_ends(changes);
  return changes;
}

model::Cursor Work::finish() {
  std::vector<Change> made = changes();
  for (const auto& [sprint, before, after] : progressed()) tx_.save_progress(sprint, after);
  if (made.empty()) return tx_.log_range().head;
  const model::Cursor cursor = tx_.append({.at = now_,
                                           .actor = request_.caller.actor,
                                           .origin = request_.caller.origin,
                                           .key = request_.key,
                                           .changes = std::move(made)});
  if (takes_back_) tx_.record_undo(cursor.rev, *takes_back_);
  return cursor;
}

}  // namespace taskman::service
