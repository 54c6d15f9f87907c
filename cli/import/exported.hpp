#pragma once
// An export taken apart for the writers.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/model/sprint.hpp"
#include "common/model/task.hpp"

namespace taskman::transfer {

struct Exported {
  std::map<model::SprintId, std::string> sprint_names;
  std::map<std::string, std::string> project_names;
  std::vector<model::Task> tasks;  ///< in the order of the export
  std::map<model::TaskId, std::vector<model::Comment>> comments;

  /// The name of the task's sprint, empty when it is in none.
  std::string sprint_of(const model::Task& task) const;
};

/// Throws kMalformedRequest for a line that is no record.
Exported read_export(std::string_view ndjson);

}  // namespace taskman::transfer
