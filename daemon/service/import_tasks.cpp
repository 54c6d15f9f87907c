#include "daemon/service/import_tasks.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "daemon/domain/lifecycle.hpp"
#include "daemon/domain/patch.hpp"
#include "daemon/domain/validation.hpp"
#include "daemon/service/circles.hpp"
#include "daemon/service/task_steps.hpp"

namespace taskman::service {
namespace {

using error::Code;
using error::Error;
using model::Task;
using model::TaskId;
using wire::ImportOutcome;

[[noreturn]] void refuse(std::string message) {
  throw Error(Code::kInvalidValue, std::move(message));
}

std::string text_of(const wire::TaskRef& ref) {
  const auto* id = std::get_if<TaskId>(&ref);
  return id != nullptr ? std::to_string(id->value) : '\'' + std::get<std::string>(ref) + '\'';
}

// What an export keeps beside the fields a caller may set.
void set_history(Task& task, const wire::ImportTask& record) {
  const auto& stamps = record.stamps;
  if (stamps.created_at) task.created_at = *stamps.created_at;
  if (stamps.started_at) task.started_at = *stamps.started_at;
  if (stamps.closed_at) task.closed_at = *stamps.closed_at;
}

// A token counts in the store that gave it: what comes from elsewhere, or from before, is a lease
// of now.
void set_lease(Task& task, const std::optional<model::Lease>& lease, std::int64_t revision) {
  const bool is_same = lease && task.lease && lease->holder == task.lease->holder &&
                       lease->until == task.lease->until;
  if (is_same) return;
  task.lease = lease;
  if (task.lease) task.lease->token = revision;
}

}  // namespace

void ImportTasks::plan(std::vector<ImportLine>& lines) {
  for (ImportLine& line : lines) {
    const auto* record = line.record ? std::get_if<wire::ImportTask>(&*line.record) : nullptr;
    if (record != nullptr) line.attempt([&] { plan(line, *record); });
  }
  do {
    index();
  } while (resolve_all() || refuse_circles());
}

void ImportTasks::plan(ImportLine& line, const wire::ImportTask& record) {
  TaskPlan plan{.line = &line, .record = &record, .key = {-line.result.line}};
  if (const auto external_id = record.patch.external_id.value_or(std::nullopt)) {
    plan.stored = work_.tx().find_task_by_external_id(*external_id);
    if (!by_external_id_.emplace(*external_id, plan.key).second) {
      refuse(fmt::format("external_id '{}' is on an earlier line, too", *external_id));
    }
  }
  if (!plan.stored) plan.stored = find_exported(record);
  if (record.id && !by_id_.emplace(*record.id, plan.key).second) {
    refuse(fmt::format("id {} is on an earlier line, too", record.id->value));
  }
  if (plan.stored) plan.key = plan.stored->id;
  plan.after = fields_of(plan);
  plans_.push_back(std::move(plan));
}

// An export that comes back to its own store: no other has given this id out at that millisecond.
std::optional<Task> ImportTasks::find_exported(const wire::ImportTask& record) {
  if (!record.id || !record.stamps.created_at) return std::nullopt;
  const Task* const task = work_.find_task(*record.id);
  if (task == nullptr || task->created_at != *record.stamps.created_at) return std::nullopt;
  return *task;
}

Task ImportTasks::fields_of(const TaskPlan& plan) {
  const wire::ImportTask& record = *plan.record;
  Task task = plan.stored.value_or(Task{});
  if (!plan.stored) task.created_at = work_.now();
  model::TaskPatch patch = record.patch;
  // A past that was lived elsewhere need not follow the rules of moves.
  if (patch.status) task = domain::with_status(task, *patch.status, work_.now());
  patch.status.reset();
  if (patch.assignee) name_me(work_, *patch.assignee);
  task = domain::patched(task, patch, work_.now());
  set_history(task, record);
  if (record.lease) set_lease(task, *record.lease, work_.revision());
  if (task.project) task.project = places_.key_of(*task.project);
  if (record.sprint) {
    task.sprint.reset();
    if (*record.sprint) task.sprint = places_.find(**record.sprint, task.project);
  }
  return task;
}

void ImportTasks::index() {
  by_id_.clear();
  by_external_id_.clear();
  by_key_.clear();
  for (TaskPlan& plan : plans_) {
    if (!plan.line->is_valid()) continue;
    if (plan.record->id) by_id_[*plan.record->id] = plan.key;
    if (plan.after.external_id) by_external_id_[*plan.after.external_id] = plan.key;
    by_key_[plan.key] = &plan;
  }
}

TaskId ImportTasks::find(const wire::TaskRef& ref) {
  if (const auto* id = std::get_if<TaskId>(&ref)) {
    if (const auto found = by_id_.find(*id); found != by_id_.end()) return found->second;
    if (work_.find_task(*id) != nullptr) return *id;
  } else {
    const std::string& external_id = std::get<std::string>(ref);
    if (const auto found = by_external_id_.find(external_id); found != by_external_id_.end())
      return found->second;
    if (const auto stored = work_.tx().find_task_by_external_id(external_id)) return stored->id;
  }
  refuse(fmt::format("task {} is neither imported nor in the store", text_of(ref)));
}

bool ImportTasks::resolve_all() {
  bool refused = false;
  for (TaskPlan& plan : plans_) {
    if (!plan.line->is_valid()) continue;
    plan.line->attempt([&] { resolve(plan); });
    refused = refused || !plan.line->is_valid();
  }
  return refused;
}

void ImportTasks::resolve(TaskPlan& plan) {
  const wire::ImportTask& record = *plan.record;
  if (record.parent) {
    plan.parent.emplace();
    if (*record.parent) plan.parent->emplace(find(**record.parent));
  }
  if (!record.blocked_by) return;
  plan.blocked_by.emplace();
  for (const auto& ref : *record.blocked_by) plan.blocked_by->push_back(find(ref));
  if (plan.blocked_by->size() > model::kMaxBlockers) {
    refuse(fmt::format("blocked_by: {} tasks are more than {}", plan.blocked_by->size(),
                       model::kMaxBlockers));
  }
}

std::vector<TaskId> ImportTasks::blockers_of(TaskId key) {
  const auto planned = by_key_.find(key);
  if (planned != by_key_.end() && planned->second->blocked_by) return *planned->second->blocked_by;
  return key.value < 0 ? std::vector<TaskId>() : work_.tx().blockers_of(key);
}

std::vector<TaskId> ImportTasks::parents_of(TaskId key) {
  std::optional<TaskId> parent;
  const auto planned = by_key_.find(key);
  if (planned != by_key_.end() && planned->second->parent) {
    parent = *planned->second->parent;
  } else if (const Task* task = key.value < 0 ? nullptr : work_.find_task(key)) {
    parent = task->parent;
  }
  return parent ? std::vector{*parent} : std::vector<TaskId>();
}

// Whoever is imported and on a circle closes it.
bool ImportTasks::refuse_circles() {
  std::vector<TaskId> keys;
  for (const auto& [key, plan] : by_key_) keys.push_back(key);
  const auto refuse_on = [&](const char* field, const domain::Neighbours& neighbours) {
    const auto circle = find_circle(keys, neighbours);
    if (!circle) return false;
    for (const TaskId key : *circle) {
      if (const auto plan = by_key_.find(key); plan != by_key_.end()) {
        plan->second->line->refuse(fmt::format("{} goes in a circle", field));
      }
    }
    return true;
  };
  return refuse_on("blocked_by", [&](TaskId key) { return blockers_of(key); }) ||
         refuse_on("parent", [&](TaskId key) { return parents_of(key); });
}

void ImportTasks::store() {
  // Those with ids come first, lest a new id takes one of theirs.
  for (TaskPlan& plan : plans_) {
    if (plan.line->is_valid() && plan.record->id) create(plan);
  }
  for (TaskPlan& plan : plans_) {
    if (plan.line->is_valid() && !plan.record->id) create(plan);
  }
  for (TaskPlan& plan : plans_) {
    if (plan.line->is_valid()) connect(plan);
  }
  for (auto& [id, key] : by_id_) key = id_of(key);
  for (auto& [external_id, key] : by_external_id_) key = id_of(key);
}

void ImportTasks::create(TaskPlan& plan) {
  if (plan.after.project) places_.ensure_project(*plan.after.project);
  if (plan.stored) return;
  const auto& stamps = plan.record->stamps;
  plan.after.version = stamps.version.value_or(1);
  plan.after.updated_at = stamps.updated_at.value_or(plan.after.created_at);
  if (plan.record->id && ids_ == Ids::kKept && !work_.tx().was_deleted(*plan.record->id)) {
    plan.after.id = *plan.record->id;
  }
  plan.after.id = work_.create(plan.after, Stamps::kItsOwn);
  stored_[plan.key] = plan.after.id;
  plan.line->result.id = plan.after.id.value;
}

TaskId ImportTasks::id_of(TaskId key) const {
  const auto found = stored_.find(key);
  return found == stored_.end() ? key : found->second;
}

void ImportTasks::connect(TaskPlan& plan) {
  if (plan.parent) {
    plan.after.parent.reset();
    if (*plan.parent) plan.after.parent = id_of(**plan.parent);
  }
  if (plan.blocked_by) {
    plan.after.blocked_by.clear();
    for (const TaskId key : *plan.blocked_by) plan.after.blocked_by.push_back(id_of(key));
    domain::normalise(plan.after);
  }
  if (!plan.stored) {
    work_.save(plan.after, Stamps::kItsOwn);
    return;
  }
  plan.line->result.id = plan.after.id.value;
  plan.line->result.outcome =
      work_.save(plan.after) ? ImportOutcome::kUpdated : ImportOutcome::kUnchanged;
}

}  // namespace taskman::service
