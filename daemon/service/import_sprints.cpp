#include "daemon/service/import_sprints.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "common/util/text.hpp"
#include "daemon/domain/patch.hpp"
#include "daemon/domain/sprints.hpp"
#include "daemon/domain/validation.hpp"
#include "daemon/service/references.hpp"
#include "daemon/service/sprint_words.hpp"

namespace taskman::service {
namespace {

using error::Code;
using error::Error;
using model::Project;
using model::Sprint;
using model::SprintState;
using model::TaskId;
using wire::ImportOutcome;

template <typename Record, typename Use>
void for_each(std::vector<ImportLine>& lines, const Use& use) {
  for (ImportLine& line : lines) {
    const auto* record = line.record ? std::get_if<Record>(&*line.record) : nullptr;
    if (record != nullptr) line.attempt([&] { use(line, *record); });
  }
}

// A new thing's version and times: as they were exported, else this write's.
template <typename T>
void stamp(T& thing, const wire::ImportStamps& stamps, util::Instant now) {
  thing.version = stamps.version.value_or(1);
  thing.created_at = stamps.created_at.value_or(now);
  thing.updated_at = stamps.updated_at.value_or(thing.created_at);
}

void set_state(Sprint& sprint, const wire::ImportSprint& record, util::Instant now) {
  sprint.state = record.state.value_or(sprint.state);
  const bool has_started =
      sprint.state == SprintState::kActive || sprint.state == SprintState::kClosed;
  const bool has_ended =
      sprint.state == SprintState::kClosed || sprint.state == SprintState::kCancelled;
  if (has_started && !sprint.started_at) sprint.started_at = now;
  if (has_ended && !sprint.closed_at) sprint.closed_at = now;
  if (record.stamps.started_at) sprint.started_at = *record.stamps.started_at;
  if (record.stamps.closed_at) sprint.closed_at = *record.stamps.closed_at;
}

void rename(std::vector<TaskId>& tasks, const std::map<TaskId, TaskId>& ids) {
  for (TaskId& task : tasks) {
    if (const auto found = ids.find(task); found != ids.end()) task = found->second;
  }
  std::ranges::sort(tasks);
}

void rename(model::SprintReport& report, const std::map<TaskId, TaskId>& ids) {
  for (auto* tasks :
       {&report.completed, &report.dropped, &report.carried, &report.added, &report.removed}) {
    rename(*tasks, ids);
  }
}

}  // namespace

void ImportPlaces::import_projects(std::vector<ImportLine>& lines) {
  for_each<wire::ImportProject>(
      lines, [&](ImportLine& line, const auto& record) { import(line, record); });
}

void ImportPlaces::import_sprints(std::vector<ImportLine>& lines) {
  for_each<wire::ImportSprint>(lines,
                               [&](ImportLine& line, const auto& record) { import(line, record); });
}

void ImportPlaces::import(ImportLine& line, const wire::ImportProject& record) {
  const std::string key = key_of(record.key);
  line.result.id = key;
  if (const auto stored = work_.find_project(key)) {
    const bool differs = work_.save(domain::patched(*stored, record.patch));
    line.result.outcome = differs ? ImportOutcome::kUpdated : ImportOutcome::kUnchanged;
    return;
  }
  Project project = domain::patched(Project{.key = key, .name = key}, record.patch);
  stamp(project, record.stamps, work_.now());
  work_.create(std::move(project), Stamps::kItsOwn);
}

std::optional<std::string> ImportPlaces::project_of(const wire::ImportSprint& record) {
  const auto project = record.patch.project.value_or(std::nullopt);
  return project ? std::optional(key_of(*project)) : std::nullopt;
}

std::optional<Sprint> ImportPlaces::find_stored(const wire::ImportSprint& record) {
  const auto project = project_of(record);
  for (Sprint& sprint : work_.tx().sprints()) {
    if (sprint.name == *record.patch.name && sprint.project == project) return std::move(sprint);
  }
  return std::nullopt;
}

void ImportPlaces::import(ImportLine& line, const wire::ImportSprint& record) {
  const auto stored = find_stored(record);
  Sprint sprint = domain::patched(stored.value_or(Sprint{}), record.patch);
  if (sprint.project) sprint.project = key_of(*sprint.project);
  set_state(sprint, record, work_.now());
  if (!stored || stored->state != sprint.state)
    domain::check_can_move(sprint, work_.tx().sprints());
  if (!stored || stored->tz != sprint.tz) check_zone(sprint.tz);
  if (sprint.project) ensure_project(*sprint.project);
  if (stored) {
    line.result.outcome = work_.save(sprint) ? ImportOutcome::kUpdated : ImportOutcome::kUnchanged;
  } else {
    stamp(sprint, record.stamps, work_.now());
    if (record.id && ids_ == Ids::kKept) sprint.id = *record.id;
    sprint.id = work_.create(sprint, Stamps::kItsOwn);
    if (record.committed || record.report) with_scope_.emplace_back(sprint.id, &record);
  }
  line.result.id = sprint.id.value;
  if (record.id) sprint_ids_[*record.id] = sprint.id;
}

void ImportPlaces::finish_sprints(const std::map<TaskId, TaskId>& task_ids) {
  for (const auto& [id, record] : with_scope_) {
    Sprint sprint = *work_.find_sprint(id);
    if (record->committed) sprint.committed = *record->committed;
    for (auto& item : sprint.committed) {
      if (const auto found = task_ids.find(item.task); found != task_ids.end())
        item.task = found->second;
    }
    std::ranges::sort(sprint.committed, {}, &model::ScopeItem::task);
    if (record->report) sprint.report = *record->report;
    if (sprint.report) rename(*sprint.report, task_ids);
    work_.save(std::move(sprint), Stamps::kItsOwn);
  }
}

model::SprintId ImportPlaces::find(const wire::SprintRef& ref,
                                   const std::optional<std::string>& project) {
  const auto* id = std::get_if<model::SprintId>(&ref);
  if (id != nullptr) {
    if (const auto found = sprint_ids_.find(*id); found != sprint_ids_.end()) return found->second;
  }
  const std::string word = id != nullptr ? std::to_string(id->value) : std::get<std::string>(ref);
  const auto key = std::pair(word, project);
  if (const auto found = found_.find(key); found != found_.end()) return found->second;
  const auto sprint =
      find_sprint(work_.tx(), {.word = word, .project = project, .missing = Code::kInvalidValue});
  return found_.emplace(key, sprint.id).first->second;
}

std::string ImportPlaces::key_of(const std::string& key) {
  if (work_.find_project(key)) return key;
  domain::check(Project{.key = key, .name = key});
  if (!keys_) {
    keys_.emplace();
    for (const Project& each : work_.tx().projects())
      keys_->emplace(util::to_lower(each.key), each.key);
  }
  return keys_->emplace(util::to_lower(key), key).first->second;
}

void ImportPlaces::ensure_project(const std::string& key) {
  if (work_.find_project(key)) return;
  Project project{.key = key, .name = key};
  work_.create(std::move(project));
}

}  // namespace taskman::service
