#include "daemon/feed/selection.hpp"

#include <algorithm>

namespace taskman::feed {
namespace {

using model::ChangeType;

bool is_about_task(ChangeType type) {
  switch (type) {
    case ChangeType::kTaskCreated:
    case ChangeType::kTaskUpdated:
    case ChangeType::kTaskDeleted:
    case ChangeType::kTaskCommented:
    case ChangeType::kTaskUncommented:
    case ChangeType::kTaskReadiness:
      return true;
    default:
      return false;
  }
}

bool is_about_project(ChangeType type) {
  return type == ChangeType::kProjectCreated || type == ChangeType::kProjectUpdated ||
         type == ChangeType::kProjectDeleted;
}

template <typename Holds>
bool before_or_after(const wire::Subject& subject, const Holds& holds) {
  return (subject.before && holds(*subject.before)) || (subject.after && holds(*subject.after));
}

bool has_scope(const Selection& selection) {
  return !selection.tasks.empty() || selection.sprint || selection.project;
}

bool is_wanted_type(const Selection& selection, ChangeType type) {
  return selection.types.empty() ||
         std::ranges::find(selection.types, type) != selection.types.end();
}

bool is_one_of(const Selection& selection, const model::EntityId& id) {
  const auto* number = std::get_if<std::int64_t>(&id);
  return number != nullptr &&
         std::ranges::find(selection.tasks, model::TaskId{*number}) != selection.tasks.end();
}

// Its own changes need no look at the subjects, which cost decoding.
bool names_thing(const Selection& selection, const wire::ChangeRef& ref) {
  if (is_about_task(ref.type)) return is_one_of(selection, ref.id);
  if (is_about_project(ref.type))
    return selection.project && ref.id == model::EntityId(*selection.project);
  return selection.sprint && ref.id == model::EntityId(selection.sprint->value);
}

bool is_in_scope(const Selection& selection, Entry& entry, std::size_t index) {
  const wire::ChangeRef& ref = entry.refs()[index];
  if (!has_scope(selection) || names_thing(selection, ref)) return true;
  if (!is_about_task(ref.type) || !(selection.sprint || selection.project)) return false;
  return before_or_after(entry.subjects().at(index), [&](const model::Task& task) {
    return (selection.sprint && task.sprint == selection.sprint) ||
           (selection.project && task.project == selection.project);
  });
}

bool passes_filter(const Selection& selection, Entry& entry, std::size_t index) {
  if (!selection.filter) return true;
  filter::Context context = selection.context;
  context.now = entry.log().at;
  return before_or_after(entry.subjects().at(index), [&](const model::Task& task) {
    return filter::matches(*selection.filter, task, context);
  });
}

/// A task before the first and after the last change of an entry.
struct Ends {
  model::TaskId id;
  const std::optional<model::Task>* before;
  const std::optional<model::Task>* after;
};

std::vector<Ends> ends_of(const std::vector<wire::Subject>& subjects) {
  std::vector<Ends> tasks;
  for (const auto& subject : subjects) {
    if (!subject.before && !subject.after) continue;
    const model::TaskId id = (subject.after ? subject.after : subject.before)->id;
    const auto known = std::ranges::find(tasks, id, &Ends::id);
    if (known == tasks.end()) {
      tasks.push_back({id, &subject.before, &subject.after});
    } else {
      known->after = &subject.after;
    }
  }
  std::ranges::sort(tasks, {}, &Ends::id);
  return tasks;
}

bool is_in_scope(const Selection& selection, const model::Task& task) {
  return !has_scope(selection) || is_one_of(selection, task.id.value) ||
         (selection.sprint && task.sprint == selection.sprint) ||
         (selection.project && task.project == selection.project);
}

bool matches(const Selection& selection, const std::optional<model::Task>& task,
             const filter::Context& context) {
  return task && is_in_scope(selection, *task) &&
         (!selection.filter || filter::matches(*selection.filter, *task, context));
}

}  // namespace

wire::Crossing crossing(const Selection& selection, Entry& entry) {
  wire::Crossing crossing;
  if (!has_scope(selection) && !selection.filter) return crossing;
  filter::Context context = selection.context;
  context.now = entry.log().at;
  for (const Ends& task : ends_of(entry.subjects())) {
    const bool before = matches(selection, *task.before, context);
    const bool after = matches(selection, *task.after, context);
    if (after && !before) crossing.enter.push_back(**task.after);
    if (before && !after) crossing.leave.push_back(task.id);
  }
  return crossing;
}

bool is_everything(const Selection& selection) {
  return selection.types.empty() && !selection.filter && !has_scope(selection);
}

bool selects(const Selection& selection, Entry& entry) {
  if (is_everything(selection)) return true;
  const auto& refs = entry.refs();
  for (std::size_t i = 0; i < refs.size(); ++i) {
    if (is_wanted_type(selection, refs[i].type) && is_in_scope(selection, entry, i) &&
        passes_filter(selection, entry, i)) {
      return true;
    }
  }
  return false;
}

bool is_in_view(const Selection& selection, const model::Task& task) {
  return matches(selection, task, selection.context);
}

bool is_in_view(const Selection& selection, const model::Sprint& sprint) {
  if (!has_scope(selection)) return true;
  return selection.sprint == sprint.id ||
         (selection.project && selection.project == sprint.project);
}

bool is_in_view(const Selection& selection, const model::Project& project) {
  return !has_scope(selection) || selection.project == project.key;
}

}  // namespace taskman::feed
