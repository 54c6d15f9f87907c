#pragma once
// What `taskman watch` shows on a terminal, as lines. Pure: values in, lines out.

#include <optional>
#include <string>
#include <vector>

#include "cli/render/activity.hpp"
#include "common/model/task.hpp"
#include "common/wire/views.hpp"

namespace taskman::render {

/// Name, goal, days left, progress by tasks and by points, counts by status, newest changes.
std::vector<Line> sprint_lines(const std::optional<wire::SprintView>& view,
                               const Activity& activity, Size size);

/// The task's fields and newest changes.
std::vector<Line> task_lines(const std::optional<model::Task>& task, const Activity& activity,
                             Size size);

/// The first tasks of a list, how many there are in all, newest changes. `title` names the filter.
struct TaskList {
  std::string title;
  std::string_view noun = "task";  ///< `open task`
  std::vector<model::Task> tasks;
  std::int64_t total = 0;
};
std::vector<Line> list_lines(const TaskList& list, const Activity& activity, Size size);

}  // namespace taskman::render
