#include "daemon/domain/dependencies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>

#include "common/error/error.hpp"

namespace taskman::domain {
namespace {

using model::TaskId;

[[noreturn]] void refuse_self(TaskId task, std::string_view field, std::string_view what) {
  std::string message = fmt::format("task {} cannot {} itself", task.value, what);
  error::Field wrong{.name = std::string(field), .message = message};
  throw error::Error(error::Code::kInvalidValue, std::move(message), {}, {std::move(wrong)});
}

}  // namespace

std::vector<TaskId> would_cycle(TaskId from, TaskId to, const Neighbours& neighbours) {
  if (from == to) return {from, to};
  std::map<TaskId, TaskId> came_from{{to, from}};
  std::deque<TaskId> waiting{to};
  while (!waiting.empty() && !came_from.contains(from)) {
    const TaskId at = waiting.front();
    waiting.pop_front();
    for (const TaskId next : neighbours(at)) {
      if (came_from.emplace(next, at).second) waiting.push_back(next);
    }
  }
  if (!came_from.contains(from)) return {};
  std::vector<TaskId> path{from};
  do {
    path.push_back(came_from.at(path.back()));
  } while (path.back() != from);
  std::ranges::reverse(path);
  return path;
}

void check_blockers(TaskId task, const std::vector<TaskId>& blockers,
                    const Neighbours& blockers_of) {
  for (const TaskId blocker : blockers) {
    if (blocker == task) refuse_self(task, "blocked_by", "wait for");
    const auto path = would_cycle(task, blocker, blockers_of);
    if (path.empty()) continue;
    throw error::Error(
        error::Code::kCycle,
        fmt::format("task {} cannot wait for {}, the waiting would go in a circle: {}", task.value,
                    blocker.value, to_text(path)),
        fmt::format("break it first: taskman task dep remove {} --on {}",
                    path[path.size() - 2].value, path.back().value));
  }
}

void check_parent(TaskId task, TaskId parent, const Neighbours& parent_of) {
  if (parent == task) refuse_self(task, "parent", "lie under");
  const auto path = would_cycle(task, parent, parent_of);
  if (path.empty()) return;
  throw error::Error(error::Code::kCycle,
                     fmt::format("task {} cannot lie under {}, which lies under it: {}", task.value,
                                 parent.value, to_text(path)),
                     fmt::format("give {} another parent first", path[path.size() - 2].value));
}

std::string to_text(const std::vector<TaskId>& path) {
  std::string text;
  for (const TaskId id : path) text += fmt::format("{}{}", text.empty() ? "" : " → ", id.value);
  return text;
}

}  // namespace taskman::domain
