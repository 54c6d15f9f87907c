#pragma once
// Projects and sprints of an import, and how its tasks name them.

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "daemon/service/import_lines.hpp"
#include "daemon/service/work.hpp"

namespace taskman::service {

/// Whether things keep the ids of their records: in a store that has none yet.
enum class Ids { kNew, kKept };

/// Used inside one write, on its thread.
class ImportPlaces {
 public:
  ImportPlaces(Work& work, Ids ids) : work_(work), ids_(ids) {}

  void import_projects(std::vector<ImportLine>& lines);
  void import_sprints(std::vector<ImportLine>& lines);
  /// Committed scope and reports name tasks by the ids of the import: known when its tasks are
  /// stored.
  void finish_sprints(const std::map<model::TaskId, model::TaskId>& task_ids);

  /// The sprint a task of `project` names; kInvalidValue when there is none or several fit.
  model::SprintId find(const wire::SprintRef& ref, const std::optional<std::string>& project);
  /// The key as the store or an earlier line has it: keys compare without case. Throws
  /// kInvalidValue for one that cannot be a key.
  std::string key_of(const std::string& key);
  /// Makes it when it is not there.
  void ensure_project(const std::string& key);

 private:
  void import(ImportLine& line, const wire::ImportProject& record);
  void import(ImportLine& line, const wire::ImportSprint& record);
  std::optional<std::string> project_of(const wire::ImportSprint& record);
  std::optional<model::Sprint> find_stored(const wire::ImportSprint& record);

  Work& work_;
  const Ids ids_;
  std::optional<std::map<std::string, std::string>> keys_;  ///< in lower case → as they are
  std::map<model::SprintId, model::SprintId> sprint_ids_;   ///< of the records → in the store
  std::vector<std::pair<model::SprintId, const wire::ImportSprint*>> with_scope_;
  std::map<std::pair<std::string, std::optional<std::string>>, model::SprintId> found_;
};

}  // namespace taskman::service
