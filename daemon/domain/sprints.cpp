#include "daemon/domain/sprints.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "common/error/error.hpp"
#include "common/util/shell.hpp"
#include "daemon/domain/progress.hpp"

namespace taskman::domain {
namespace {

using model::ScopeItem;
using model::Sprint;
using model::SprintState;
using model::Status;
using model::Task;

[[noreturn]] void refuse(const Sprint& sprint, std::string_view what, std::string hint = {}) {
  throw error::Error(
      error::Code::kConflict,
      fmt::format("sprint '{}' is {}, so it cannot {}", sprint.name, name(sprint.state), what),
      std::move(hint));
}

std::vector<ScopeItem> scope_of(std::span<const Task> tasks) {
  std::vector<ScopeItem> scope;
  for (const Task& task : tasks) {
    scope.push_back({.task = task.id, .points = task.points, .status = task.status});
  }
  std::ranges::sort(scope, {}, &ScopeItem::task);
  return scope;
}

bool holds(const std::vector<ScopeItem>& scope, model::TaskId task) {
  return std::ranges::binary_search(scope, task, {}, &ScopeItem::task);
}

}  // namespace

void check_can_start(const Sprint& sprint, const std::vector<Sprint>& others) {
  const auto rival = std::ranges::find_if(others, [&](const Sprint& other) {
    return other.id != sprint.id && other.project == sprint.project &&
           other.state == SprintState::kActive;
  });
  if (rival == others.end()) return;
  const std::string where = sprint.project ? fmt::format(" of project {}", *sprint.project) : "";
  throw error::Error(error::Code::kConflict,
                     fmt::format("sprint '{}'{} is active already", rival->name, where),
                     "close it first: taskman sprint close " + util::shell_word(rival->name));
}

void check_can_move(const Sprint& sprint, const std::vector<Sprint>& others) {
  if (sprint.state == SprintState::kActive) check_can_start(sprint, others);
}

Sprint started(const Sprint& sprint, std::span<const Task> tasks, util::Instant now) {
  if (sprint.state == SprintState::kActive) return sprint;
  if (sprint.state != SprintState::kPlanned) refuse(sprint, "start again", "add a new sprint");
  Sprint after = sprint;
  after.state = SprintState::kActive;
  after.started_at = now;
  after.committed = scope_of(tasks);
  return after;
}

model::SprintReport report_of(const Sprint& sprint, std::span<const Task> tasks) {
  model::SprintReport report;
  report.progress = progress_of(tasks);
  const std::vector<ScopeItem> found = scope_of(tasks);
  for (const ScopeItem& item : found) {
    if (item.status == Status::kDone) report.completed.push_back(item.task);
    if (item.status == Status::kDropped) report.dropped.push_back(item.task);
    if (model::is_open(item.status)) report.carried.push_back(item.task);
    if (!holds(sprint.committed, item.task)) report.added.push_back(item.task);
  }
  for (const ScopeItem& item : sprint.committed) {
    if (!holds(found, item.task)) report.removed.push_back(item.task);
  }
  return report;
}

Sprint closed(const Sprint& sprint, const Closing& closing) {
  if (sprint.state == SprintState::kClosed) return sprint;
  if (sprint.state == SprintState::kPlanned) {
    refuse(sprint, "close", "start it: taskman sprint start " + util::shell_word(sprint.name));
  }
  if (sprint.state == SprintState::kCancelled) refuse(sprint, "close");
  Sprint after = sprint;
  after.state = SprintState::kClosed;
  after.closed_at = closing.now;
  after.report = report_of(sprint, closing.tasks);
  if (!after.report->carried.empty()) after.report->carried_to = closing.carried_to;
  return after;
}

Sprint cancelled(const Sprint& sprint, util::Instant now) {
  if (sprint.state == SprintState::kCancelled) return sprint;
  if (sprint.state == SprintState::kClosed) refuse(sprint, "be cancelled");
  Sprint after = sprint;
  after.state = SprintState::kCancelled;
  after.closed_at = now;
  return after;
}

void check_can_receive(const Sprint& from, const Sprint& to) {
  if (to.id == from.id) {
    throw error::Error(error::Code::kConflict,
                       fmt::format("sprint '{}' cannot carry tasks to itself", from.name));
  }
  const bool ended = to.state == SprintState::kClosed || to.state == SprintState::kCancelled;
  if (ended) refuse(to, "take tasks", "name a planned or active sprint");
}

}  // namespace taskman::domain
