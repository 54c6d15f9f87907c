#include "common/wire/commands.hpp"

#include <array>
#include <cstddef>
#include <utility>

#include "common/wire/read.hpp"
#include "common/wire/rows.hpp"

namespace taskman::wire {
namespace {

using model::Project;
using model::ProjectPatch;
using model::SprintFields;
using model::SprintPatch;
using model::TaskFields;
using model::TaskPatch;

template <auto Member>
constexpr Row<NewTask> of_task(std::string_view name) {
  return row<NewTask, &NewTask::fields, Member>(name);
}

/// A sprint as callers name it: its number or a word. None for null and `none`.
std::optional<SprintWord> get_sprint_word(const Field& field) {
  if (field.value.is_null()) return std::nullopt;
  const auto* word = field.value.get_if<std::string>();
  if (word == nullptr) refuse(field, "a sprint (its id or name)");
  if (*word == "none") return std::nullopt;
  return SprintWord{*word};
}

void get_new_sprint_of(const Field& field, NewTask& to) {
  if (field.value.get_if<std::int64_t>() != nullptr) {
    get(field, to.fields.sprint);
  } else {
    to.sprint = get_sprint_word(field);
  }
}

constexpr std::array kNewTask{
    of_task<&TaskFields::title>("title"),
    of_task<&TaskFields::body>("body"),
    of_task<&TaskFields::status>("status"),
    of_task<&TaskFields::priority>("priority"),
    of_task<&TaskFields::project>("project"),
    Row<NewTask>{"sprint", get_new_sprint_of},
    of_task<&TaskFields::parent>("parent"),
    of_task<&TaskFields::assignee>("assignee"),
    of_task<&TaskFields::labels>("labels"),
    of_task<&TaskFields::points>("points"),
    Row<NewTask>{"due", [](const Field& field, NewTask& to) { get_due(field, to.fields.due); }},
    of_task<&TaskFields::blocked_by>("blocked_by"),
    of_task<&TaskFields::blocked_reason>("blocked_reason"),
    of_task<&TaskFields::external_id>("external_id"),
};

void get_edited_sprint(const Field& field, TaskPatch& patch, TaskEdit& edit) {
  if (field.value.get_if<std::int64_t>() != nullptr) {
    get(field, patch.sprint.emplace());
  } else if (auto word = get_sprint_word(field)) {
    edit.sprint = std::move(word);
  } else {
    patch.sprint.emplace();
  }
}

constexpr std::array kTaskPatch{
    given<TaskPatch, &TaskPatch::title>("title"),
    given_or_emptied<TaskPatch, &TaskPatch::body>("body"),
    given<TaskPatch, &TaskPatch::status>("status"),
    given<TaskPatch, &TaskPatch::priority>("priority"),
    given<TaskPatch, &TaskPatch::project>("project"),
    given<TaskPatch, &TaskPatch::parent>("parent"),
    given<TaskPatch, &TaskPatch::assignee>("assignee"),
    given_or_emptied<TaskPatch, &TaskPatch::labels>("labels"),
    row<TaskPatch, &TaskPatch::add_labels>("add_labels"),
    row<TaskPatch, &TaskPatch::remove_labels>("remove_labels"),
    given<TaskPatch, &TaskPatch::points>("points"),
    Row<TaskPatch>{"due",
                   [](const Field& field, TaskPatch& to) { get_due(field, to.due.emplace()); }},
    given_or_emptied<TaskPatch, &TaskPatch::blocked_by>("blocked_by"),
    row<TaskPatch, &TaskPatch::add_blocked_by>("add_blocked_by"),
    row<TaskPatch, &TaskPatch::remove_blocked_by>("remove_blocked_by"),
    given<TaskPatch, &TaskPatch::blocked_reason>("blocked_reason"),
    given<TaskPatch, &TaskPatch::external_id>("external_id"),
};

/// The patch's rows and `sprint`, which goes beside it.
constexpr auto task_edit_rows() {
  struct EditRow {
    std::string_view name;
    const Row<TaskPatch>* row = nullptr;
    void get(const Field& field, TaskEdit& to) const {
      if (row != nullptr) {
        row->get(field, to.patch);
      } else {
        get_edited_sprint(field, to.patch, to);
      }
    }
  };
  std::array<EditRow, kTaskPatch.size() + 1> rows{};
  for (std::size_t i = 0; i < kTaskPatch.size(); ++i)
    rows[i] = {kTaskPatch[i].name, &kTaskPatch[i]};
  rows.back().name = "sprint";
  return rows;
}
constexpr auto kTaskEdit = task_edit_rows();

constexpr std::array kNewSprint{
    row<SprintFields, &SprintFields::name>("name"),
    row<SprintFields, &SprintFields::project>("project"),
    row<SprintFields, &SprintFields::goal>("goal"),
    row<SprintFields, &SprintFields::start>("start"),
    row<SprintFields, &SprintFields::end>("end"),
    row<SprintFields, &SprintFields::tz>("tz"),
    row<SprintFields, &SprintFields::capacity>("capacity"),
};

constexpr std::array kSprintPatch{
    given<SprintPatch, &SprintPatch::name>("name"),
    given<SprintPatch, &SprintPatch::project>("project"),
    given_or_emptied<SprintPatch, &SprintPatch::goal>("goal"),
    given<SprintPatch, &SprintPatch::start>("start"),
    given<SprintPatch, &SprintPatch::end>("end"),
    given<SprintPatch, &SprintPatch::tz>("tz"),
    given<SprintPatch, &SprintPatch::capacity>("capacity"),
};

constexpr std::array kNewProject{
    row<Project, &Project::key>("key"),
    row<Project, &Project::name>("name"),
    row<Project, &Project::description>("description"),
};

constexpr std::array kProjectPatch{
    given<ProjectPatch, &ProjectPatch::name>("name"),
    given_or_emptied<ProjectPatch, &ProjectPatch::description>("description"),
};

struct NewComment {
  std::optional<std::string> text;
};
constexpr std::array kComment{row<NewComment, &NewComment::text>("text")};
constexpr std::array kVerb{row<VerbInput, &VerbInput::reason>("reason"),
                           row<VerbInput, &VerbInput::fence, &Fence::if_claimed>("if_claimed"),
                           row<VerbInput, &VerbInput::fence, &Fence::token>("token")};

void get_edit(const Field& field, BulkCommand& to) {
  get_object(field.value, kTaskEdit, to.set.emplace(), Unknown::kRefuse, field.name);
}

constexpr std::array kBulk{
    row<BulkCommand, &BulkCommand::verb>("verb"),
    row<BulkCommand, &BulkCommand::ids>("ids"),
    row<BulkCommand, &BulkCommand::where>("where"),
    row<BulkCommand, &BulkCommand::sprints_of>("sprints_of"),
    row<BulkCommand, &BulkCommand::reason>("reason"),
    Row<BulkCommand>{"set", get_edit},
    row<BulkCommand, &BulkCommand::text>("text"),
    row<BulkCommand, &BulkCommand::lease>("lease"),
    row<BulkCommand, &BulkCommand::exclusive>("exclusive"),
    row<BulkCommand, &BulkCommand::fence, &Fence::if_claimed>("if_claimed"),
    row<BulkCommand, &BulkCommand::fence, &Fence::token>("token"),
};

void get_carry(const Field& field, CloseCommand& to) {
  if (const auto* id = field.value.get_if<std::int64_t>()) {
    to.carry = std::to_string(*id);
  } else {
    get(field, to.carry);
  }
}

constexpr std::array kClose{
    Row<CloseCommand>{"carry", get_carry},
};

void normalise_lists(TaskPatch& patch) {
  if (patch.labels) normalise(*patch.labels);
  if (patch.blocked_by) normalise(*patch.blocked_by);
}

}  // namespace

NewTask decode_new_task(std::string_view json) {
  constexpr std::string_view kWhat = "new task";
  auto task = decode_input<NewTask>(json, kNewTask, kWhat);
  if (task.fields.title.empty()) refuse_missing("title", kWhat);
  normalise(task.fields.labels);
  normalise(task.fields.blocked_by);
  return task;
}

TaskEdit decode_task_edit(std::string_view json) {
  auto edit = decode_input<TaskEdit>(json, kTaskEdit, "task edit");
  normalise_lists(edit.patch);
  return edit;
}

model::SprintFields decode_new_sprint(std::string_view json) {
  constexpr std::string_view kWhat = "new sprint";
  auto sprint = decode_input<SprintFields>(json, kNewSprint, kWhat);
  if (sprint.name.empty()) refuse_missing("name", kWhat);
  return sprint;
}

model::SprintPatch decode_sprint_edit(std::string_view json) {
  return decode_input<SprintPatch>(json, kSprintPatch, "sprint edit");
}

model::Project decode_new_project(std::string_view json) {
  constexpr std::string_view kWhat = "new project";
  auto project = decode_input<Project>(json, kNewProject, kWhat);
  if (project.key.empty()) refuse_missing("key", kWhat);
  if (project.name.empty()) project.name = project.key;
  return project;
}

model::ProjectPatch decode_project_edit(std::string_view json) {
  return decode_input<ProjectPatch>(json, kProjectPatch, "project edit");
}

std::string decode_new_comment(std::string_view json) {
  constexpr std::string_view kWhat = "new comment";
  auto comment = decode_input<NewComment>(json, kComment, kWhat);
  if (!comment.text) refuse_missing("text", kWhat);
  return std::move(*comment.text);
}

VerbInput decode_verb(std::string_view json) {
  return decode_input<VerbInput>(json, kVerb, "request body");
}

BulkCommand decode_bulk(std::string_view json) {
  constexpr std::string_view kWhat = "bulk command";
  auto command = decode_input<BulkCommand>(json, kBulk, kWhat);
  if (command.verb.empty()) refuse_missing("verb", kWhat);
  if (command.ids.empty() && !command.where) refuse_missing("ids", kWhat);
  if (command.set) normalise_lists(command.set->patch);
  return command;
}

CloseCommand decode_close(std::string_view json) {
  return decode_input<CloseCommand>(json, kClose, "close command");
}

}  // namespace taskman::wire
