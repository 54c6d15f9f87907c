#include "daemon/service/references.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "common/time/zone_names.hpp"
#include "common/util/shell.hpp"
#include "common/util/text.hpp"
#include "daemon/domain/dependencies.hpp"

namespace taskman::service {
namespace {

using error::Code;
using error::Error;
using model::Task;
using model::TaskId;

[[noreturn]] void refuse(std::string field, std::string message, std::string hint) {
  throw Error(Code::kInvalidValue, message, std::move(hint), {{std::move(field), message}});
}

void check_sprint(Work& work, model::SprintId id) {
  const auto sprint = work.find_sprint(id);
  if (!sprint)
    refuse("sprint", fmt::format("no sprint {}", id.value), "list them with: taskman sprint list");
  if (sprint->state == model::SprintState::kPlanned || sprint->state == model::SprintState::kActive)
    return;
  throw Error(Code::kConflict,
              fmt::format("sprint '{}' is {}", sprint->name, model::name(sprint->state)),
              "tasks can be put into planned and active sprints");
}

void check_there(Work& work, std::string field, TaskId id) {
  if (work.find_task(id) != nullptr) return;
  refuse(std::move(field), fmt::format("no task {}", id.value),
         "list them with: taskman task list --all");
}

void check_parent(Work& work, const Task& after) {
  check_there(work, "parent", *after.parent);
  domain::check_parent(after.id, *after.parent, [&](TaskId id) -> std::vector<TaskId> {
    const Task* task = work.find_task(id);
    if (task == nullptr || !task->parent) return {};
    return {*task->parent};
  });
}

void check_blockers(Work& work, const Task& after, const Task* before) {
  std::vector<TaskId> added = after.blocked_by;
  if (before != nullptr) {
    added.clear();
    std::ranges::set_difference(after.blocked_by, before->blocked_by, std::back_inserter(added));
  }
  for (const TaskId id : added) check_there(work, "blocked_by", id);
  if (added.empty()) return;
  domain::check_blockers(after.id, added, [&](TaskId id) { return work.tx().blockers_of(id); });
}

void check_external_id(Work& work, const Task& after) {
  const auto holder = work.tx().find_task_by_external_id(*after.external_id);
  if (!holder || holder->id == after.id) return;
  throw Error(Code::kConflict,
              fmt::format("external id '{}' is task {}'s", *after.external_id, holder->id.value),
              "each external id names one task");
}

// True when the field is set now and was something else, or nothing, before.
template <typename T>
bool is_new(const std::optional<T> model::TaskFields::*member, const Task& after,
            const Task* before) {
  return (after.*member).has_value() && (before == nullptr || before->*member != after.*member);
}

}  // namespace

void refuse_unknown_project(store::ReadTx& tx, const std::string& key, Code code) {
  const auto projects = tx.projects();
  std::vector<std::string_view> keys;
  for (const auto& project : projects) keys.push_back(project.key);
  const auto near = util::suggest(key, keys);
  const std::string create = "create it with: taskman project add " + util::shell_word(key);
  throw Error(code, fmt::format("unknown project '{}'", key),
              near ? fmt::format("did you mean {}? {}", *near, create) : create);
}

void check_project(store::ReadTx& tx, const std::string& key) {
  if (!tx.find_project(key)) refuse_unknown_project(tx, key, Code::kInvalidValue);
}

void check_zone(const std::string& name) {
  if (time::is_zone(name)) return;
  const auto names = time::zone_names();
  const std::vector<std::string_view> known(names.begin(), names.end());
  const auto near = util::suggest(name, known);
  throw Error(Code::kInvalidValue, fmt::format("unknown time zone '{}'", name),
              near ? fmt::format("did you mean {}?", *near)
                   : "give the name of a zone such as Europe/Berlin, or UTC",
              {{"tz", "unknown"}});
}

void check_references(Work& work, const Task& after, const Task* before) {
  if (is_new(&Task::project, after, before) && !work.find_project(*after.project)) {
    refuse_unknown_project(work.tx(), *after.project, Code::kInvalidValue);
  }
  if (is_new(&Task::sprint, after, before)) check_sprint(work, *after.sprint);
  if (is_new(&Task::parent, after, before)) check_parent(work, after);
  if (is_new(&Task::external_id, after, before)) check_external_id(work, after);
  check_blockers(work, after, before);
}

}  // namespace taskman::service
