// Reading records of an import. Writing them: import_encode.cpp.

#include "common/wire/import.hpp"

#include <array>
#include <utility>

#include "common/wire/read.hpp"
#include "common/wire/rows.hpp"

namespace taskman::wire {
namespace {

using model::ProjectPatch;
using model::SprintPatch;
using model::TaskPatch;

TaskRef get_task_ref(const Field& field) {
  if (const auto* external = field.value.get_if<std::string>(); external && !external->empty()) {
    return *external;
  }
  if (field.value.get_if<std::int64_t>() == nullptr)
    refuse(field, "a task (its id or external id)");
  model::TaskId id;
  get(field, id);
  return id;
}

void get_parent(const Field& field, ImportTask& to) {
  to.parent.emplace();
  if (!field.value.is_null()) to.parent->emplace(get_task_ref(field));
}

void get_blockers(const Field& field, ImportTask& to) {
  const auto* items = field.value.get_if<Value::Array>();
  if (items == nullptr) refuse(field, "an array");
  to.blocked_by.emplace();
  for (const auto& item : *items) to.blocked_by->push_back(get_task_ref({field.name, item}));
}

void get_sprint_ref(const Field& field, ImportTask& to) {
  to.sprint.emplace();
  if (field.value.is_null()) return;
  if (const auto* name = field.value.get_if<std::string>(); name && !name->empty()) {
    to.sprint->emplace(*name);
    return;
  }
  if (field.value.get_if<std::int64_t>() == nullptr) refuse(field, "a sprint (its id or name)");
  model::SprintId id;
  get(field, id);
  to.sprint->emplace(id);
}

template <auto Member>
constexpr Row<ImportTask> of_task(std::string_view name) {
  return given<ImportTask, &ImportTask::patch, Member>(name);
}

template <typename T>
constexpr auto stamp_rows() {
  using S = ImportStamps;
  return std::array{
      row<T, &T::stamps, &S::version>("version"),
      row<T, &T::stamps, &S::created_at>("created_at"),
      row<T, &T::stamps, &S::updated_at>("updated_at"),
      given<T, &T::stamps, &S::started_at>("started_at"),
      given<T, &T::stamps, &S::closed_at>("closed_at"),
  };
}

template <typename T, std::size_t A, std::size_t B>
constexpr std::array<Row<T>, A + B> joined(const std::array<Row<T>, A>& a,
                                           const std::array<Row<T>, B>& b) {
  std::array<Row<T>, A + B> all{};
  for (std::size_t i = 0; i < A; ++i) all[i] = a[i];
  for (std::size_t i = 0; i < B; ++i) all[A + i] = b[i];
  return all;
}

// Exported, but nobody's to set: the kind was read already, the rest is derived.
template <typename T>
constexpr Row<T> ignored(std::string_view name) {
  return {name, [](const Field&, T&) {}};
}

constexpr auto kTask = joined(
    std::array{
        ignored<ImportTask>("kind"),
        row<ImportTask, &ImportTask::id>("id"),
        of_task<&TaskPatch::title>("title"),
        given_or_emptied<ImportTask, &ImportTask::patch, &TaskPatch::body>("body"),
        of_task<&TaskPatch::status>("status"),
        of_task<&TaskPatch::priority>("priority"),
        of_task<&TaskPatch::project>("project"),
        Row<ImportTask>{"sprint", get_sprint_ref},
        Row<ImportTask>{"parent", get_parent},
        of_task<&TaskPatch::assignee>("assignee"),
        given_or_emptied<ImportTask, &ImportTask::patch, &TaskPatch::labels>("labels"),
        of_task<&TaskPatch::points>("points"),
        Row<ImportTask>{"due", [](const Field& field,
                                  ImportTask& to) { get_due(field, to.patch.due.emplace()); }},
        Row<ImportTask>{"blocked_by", get_blockers},
        of_task<&TaskPatch::blocked_reason>("blocked_reason"),
        of_task<&TaskPatch::external_id>("external_id"),
        given<ImportTask, &ImportTask::lease>("lease"),
        ignored<ImportTask>("ready"),
    },
    stamp_rows<ImportTask>());

constexpr auto kProject = joined(
    std::array{
        ignored<ImportProject>("kind"),
        row<ImportProject, &ImportProject::key>("key"),
        given<ImportProject, &ImportProject::patch, &ProjectPatch::name>("name"),
        given_or_emptied<ImportProject, &ImportProject::patch, &ProjectPatch::description>(
            "description"),
    },
    stamp_rows<ImportProject>());

template <auto Member>
constexpr Row<ImportSprint> of_sprint(std::string_view name) {
  return given<ImportSprint, &ImportSprint::patch, Member>(name);
}

constexpr auto kSprint = joined(
    std::array{
        ignored<ImportSprint>("kind"),
        row<ImportSprint, &ImportSprint::id>("id"),
        of_sprint<&SprintPatch::name>("name"),
        of_sprint<&SprintPatch::project>("project"),
        given_or_emptied<ImportSprint, &ImportSprint::patch, &SprintPatch::goal>("goal"),
        row<ImportSprint, &ImportSprint::state>("state"),
        of_sprint<&SprintPatch::start>("start"),
        of_sprint<&SprintPatch::end>("end"),
        of_sprint<&SprintPatch::tz>("tz"),
        of_sprint<&SprintPatch::capacity>("capacity"),
        row<ImportSprint, &ImportSprint::committed>("committed"),
        given<ImportSprint, &ImportSprint::report>("report"),
    },
    stamp_rows<ImportSprint>());

constexpr std::array kComment{
    ignored<ImportComment>("kind"),
    row<ImportComment, &ImportComment::id>("id"),
    Row<ImportComment>{
        "task", [](const Field& field, ImportComment& to) { to.task = get_task_ref(field); }},
    row<ImportComment, &ImportComment::author>("author"),
    row<ImportComment, &ImportComment::text>("text"),
    row<ImportComment, &ImportComment::at>("at"),
};

ImportTask read_task(const Value& value) {
  ImportTask task;
  get_object(value, kTask, task, Unknown::kRefuse, "task");
  if (!task.patch.title) refuse_missing("title", "task");
  if (task.patch.labels) normalise(*task.patch.labels);
  if (task.blocked_by) normalise(*task.blocked_by);
  return task;
}

ImportProject read_project(const Value& value) {
  ImportProject project;
  get_object(value, kProject, project, Unknown::kRefuse, "project");
  if (project.key.empty()) refuse_missing("key", "project");
  return project;
}

ImportSprint read_sprint(const Value& value) {
  ImportSprint sprint;
  get_object(value, kSprint, sprint, Unknown::kRefuse, "sprint");
  if (!sprint.patch.name || sprint.patch.name->empty()) refuse_missing("name", "sprint");
  return sprint;
}

ImportComment read_comment(const Value& value) {
  ImportComment comment;
  get_object(value, kComment, comment, Unknown::kRefuse, "comment");
  if (comment.task == TaskRef()) refuse_missing("task", "comment");
  if (comment.text.empty()) refuse_missing("text", "comment");
  return comment;
}

std::string kind_of(const Value& value) {
  for (const auto& [name, member] : as_object(value, "record")) {
    if (name != "kind") continue;
    std::string kind;
    get(Field{name, member}, kind);
    for (const auto* known : {"task", "project", "sprint", "comment"}) {
      if (kind == known) return kind;
    }
    refuse(Field{name, member}, "one of task, project, sprint, comment");
  }
  return "task";
}

}  // namespace

ImportRecord decode_import_record(std::string_view line) {
  const Value value = parse(line, "record");
  const auto kind = kind_of(value);
  if (kind == "project") return read_project(value);
  if (kind == "sprint") return read_sprint(value);
  if (kind == "comment") return read_comment(value);
  return read_task(value);
}

}  // namespace taskman::wire
