#include "daemon/service/circles.hpp"

#include <algorithm>
#include <map>

namespace taskman::service {
namespace {

using model::TaskId;

enum class Mark { kOnPath, kDone };

struct Step {
  TaskId task;
  std::vector<TaskId> next;
};

// Depth first with a path of its own: a chain may be longer than the stack is deep.
class Walk {
 public:
  explicit Walk(const domain::Neighbours& neighbours) : neighbours_(neighbours) {}

  std::optional<std::vector<TaskId>> from(TaskId start) {
    if (marks_.contains(start)) return std::nullopt;
    enter(start);
    while (!path_.empty()) {
      if (path_.back().next.empty()) {
        marks_[path_.back().task] = Mark::kDone;
        path_.pop_back();
        continue;
      }
      const TaskId next = path_.back().next.back();
      path_.back().next.pop_back();
      const auto mark = marks_.find(next);
      if (mark == marks_.end()) {
        enter(next);
      } else if (mark->second == Mark::kOnPath) {
        return circle_to(next);
      }
    }
    return std::nullopt;
  }

 private:
  void enter(TaskId task) {
    marks_[task] = Mark::kOnPath;
    path_.push_back({task, neighbours_(task)});
  }

  std::vector<TaskId> circle_to(TaskId first) const {
    std::vector<TaskId> circle;
    const auto begin = std::ranges::find(path_, first, &Step::task);
    std::ranges::transform(begin, path_.end(), std::back_inserter(circle), &Step::task);
    return circle;
  }

  const domain::Neighbours& neighbours_;
  std::map<TaskId, Mark> marks_;
  std::vector<Step> path_;
};

}  // namespace

std::optional<std::vector<TaskId>> find_circle(const std::vector<TaskId>& starts,
                                               const domain::Neighbours& neighbours) {
  Walk walk(neighbours);
  for (const TaskId start : starts) {
    if (auto circle = walk.from(start)) return circle;
  }
  return std::nullopt;
}

}  // namespace taskman::service
