#pragma once
// What `taskman watch` shows on a terminal, as lines. Pure: values in, lines out.

#include <optional>
#include <string>
#include <vector>

#include "cli/render/change_text.hpp"
#include "cli/render/line.hpp"
#include "cli/render/screen.hpp"
#include "common/model/task.hpp"
#include "common/time/zone.hpp"
#include "common/wire/views.hpp"

namespace taskman::render {

/// What every live view has below its panel.
struct Activity {
  std::vector<ChangeLine> changes;   ///< newest first
  std::string state;                 ///< `live`, `reconnecting: …`, `polling every 5 s`
  const time::Zone* zone = nullptr;  ///< not null: times are shown as the clock on the wall
};

/// Name, goal, days left, progress by tasks and by points, counts by status, newest changes.
std::vector<Line> sprint_lines(const wire::SprintView& view, const Activity& activity, Size size);

/// The task's fields and newest changes.
std::vector<Line> task_lines(const std::optional<model::Task>& task, const Activity& activity,
                             Size size);

/// The first tasks of a list, how many there are in all, newest changes. `title` names the filter.
struct TaskList {
  std::string title;
  std::vector<model::Task> tasks;
  std::int64_t total = 0;
};
std::vector<Line> list_lines(const TaskList& list, const Activity& activity, Size size);

}  // namespace taskman::render
