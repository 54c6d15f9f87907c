#include "daemon/service/task_steps.hpp"

#include <fmt/core.h>

#include "common/error/error.hpp"
#include "daemon/domain/patch.hpp"
#include "daemon/domain/validation.hpp"
#include "daemon/service/references.hpp"
#include "daemon/service/sprint_words.hpp"
#include "daemon/service/versions.hpp"

namespace taskman::service {
namespace {

using model::Task;
using model::TaskId;

model::SprintId sprint_of(Work& work, const wire::SprintWord& word,
                          const std::optional<std::string>& project) {
  if (project) check_project(work.tx(), *project);
  return find_sprint(work.tx(),
                     {.word = word.word, .project = project, .missing = error::Code::kInvalidValue})
      .id;
}

// The words of an edit turned into what the domain knows.
model::TaskPatch patch_of(Work& work, const Task& task, const wire::TaskEdit& edit) {
  model::TaskPatch patch = edit.patch;
  if (patch.assignee) name_me(work, *patch.assignee);
  if (!edit.sprint) return patch;
  const auto& project = patch.project ? *patch.project : task.project;
  patch.sprint.emplace();
  if (*edit.sprint) patch.sprint->emplace(sprint_of(work, **edit.sprint, project));
  return patch;
}

std::set<std::string_view> commuting_lists(const model::TaskPatch& patch) {
  std::set<std::string_view> lists;
  if (!patch.labels) lists.insert("labels");
  if (!patch.blocked_by) lists.insert("blocked_by");
  return lists;
}

std::string_view state_of(const Task& task, domain::Verb verb) {
  return verb == domain::Verb::kReopen ? "open" : model::name(task.status);
}

}  // namespace

TaskId create_task(Work& work, const wire::NewTask& wanted) {
  Task task;
  static_cast<model::TaskFields&>(task) = wanted.fields;
  if (wanted.sprint) task.sprint = sprint_of(work, *wanted.sprint, task.project);
  name_me(work, task.assignee);
  domain::normalise(task);
  domain::check(static_cast<const model::TaskFields&>(task));
  check_references(work, task, nullptr);
  const model::Status status = task.status;
  const auto reason = task.blocked_reason;
  task.status = model::Status::kTodo;
  task = domain::with_status(task, status, work.now());
  task.blocked_reason = reason;
  return work.create(std::move(task));
}

void name_me(const Work& work, std::optional<std::string>& person) {
  if (person == model::kMe) person = work.caller().actor;
}

void edit_task(Work& work, TaskId id, const wire::TaskEdit& edit) {
  const Task before = work.task(id);
  if (!may_merge(work)) check_version(work, before);
  if (edit.patch.status) check_merge_of_status(work, before, *edit.patch.status);
  Task after = domain::patched(before, patch_of(work, before, edit), work.now());
  check_references(work, after, &before);
  if (may_merge(work)) check_merge(work, Wish{before, after, commuting_lists(edit.patch)});
  if (!work.save(std::move(after)))
    work.notice(fmt::format("task {} is like that already", id.value));
}

domain::Move move_with(domain::Verb verb, const std::optional<std::string>& reason) {
  if (reason && verb != domain::Verb::kBlock) {
    throw error::Error(error::Code::kInvalidValue,
                       fmt::format("verb '{}' takes no reason", domain::name(verb)),
                       "only block keeps one; say it in a comment", {{"reason", "not taken"}});
  }
  return {verb, reason};
}

void move_task(Work& work, TaskId id, const domain::Move& move) {
  const Task& task = work.task(id);
  if (!may_merge(work)) check_version(work, task);
  if (move.verb != domain::Verb::kReopen)
    check_merge_of_status(work, task, domain::target_of(move.verb));
  Task after = domain::moved(task, move, work.now());
  if (may_merge(work)) check_merge(work, Wish{task, after});
  const auto state = state_of(after, move.verb);
  if (!work.save(std::move(after)))
    work.notice(fmt::format("task {} is already {}", id.value, state));
}

Task remove_task(Work& work, TaskId id) {
  Task task = work.task(id);
  check_version(work, task);
  work.remove(id);
  return task;
}

model::Comment comment_task(Work& work, TaskId id, const std::string& text) {
  check_version(work, work.task(id));
  domain::check_comment(text);
  return work.add({.task = id, .author = work.caller().actor, .text = text});
}

}  // namespace taskman::service
