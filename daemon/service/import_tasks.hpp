#pragma once
// Tasks of an import: first what each line would make is worked out and checked, lines that lean on
// a bad line with it; then the good ones are stored.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "daemon/service/import_lines.hpp"
#include "daemon/service/import_sprints.hpp"
#include "daemon/service/work.hpp"

namespace taskman::service {

/// One task line. Before it is stored a new task goes by minus its line number.
struct TaskPlan {
  ImportLine* line = nullptr;
  const wire::ImportTask* record = nullptr;
  std::optional<model::Task> stored;  ///< the one with its external id
  model::Task after;                  ///< without the references below
  model::TaskId key;
  std::optional<std::optional<model::TaskId>> parent;  ///< keys, when given
  std::optional<std::vector<model::TaskId>> blocked_by;
};

/// Used inside one write, on its thread. The lines outlive it.
class ImportTasks {
 public:
  ImportTasks(Work& work, ImportPlaces& places, Ids ids)
      : work_(work), places_(places), ids_(ids) {}

  void plan(std::vector<ImportLine>& lines);
  void store();

  /// Ids of the records → ids in the store, of what was stored.
  const std::map<model::TaskId, model::TaskId>& ids() const { return by_id_; }
  /// A stored task; kInvalidValue when the reference leads nowhere.
  model::TaskId find(const wire::TaskRef& ref);

 private:
  void plan(ImportLine& line, const wire::ImportTask& record);
  std::optional<model::Task> find_exported(const wire::ImportTask& record);
  model::Task fields_of(const TaskPlan& plan);
  void index();
  bool resolve_all();
  void resolve(TaskPlan& plan);
  bool refuse_circles();
  void create(TaskPlan& plan);
  void connect(TaskPlan& plan);
  std::vector<model::TaskId> blockers_of(model::TaskId key);
  std::vector<model::TaskId> parents_of(model::TaskId key);
  model::TaskId id_of(model::TaskId key) const;

  Work& work_;
  ImportPlaces& places_;
  const Ids ids_;
  std::vector<TaskPlan> plans_;
  std::map<model::TaskId, model::TaskId> by_id_;  ///< of the records → keys
  std::map<std::string, model::TaskId, std::less<>> by_external_id_;
  std::map<model::TaskId, TaskPlan*> by_key_;      ///< valid lines only
  std::map<model::TaskId, model::TaskId> stored_;  ///< keys → ids in the store
};

}  // namespace taskman::service
