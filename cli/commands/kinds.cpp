// What each kind of thing looks like in lists.

#include <map>

#include "cli/commands/names.hpp"
#include "cli/commands/print.hpp"
#include "common/model/sprint.hpp"
#include "common/time/text.hpp"
#include "common/util/text.hpp"
#include "common/wire/entities.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/views.hpp"

namespace taskman::cli {
namespace {

using model::Priority;
using model::Status;
using render::Align;
using render::Fields;
using render::Fit;
using render::Span;
using render::Tone;

template <typename Thing>
Fields fields_of() {
  return wire::field_names(wire::encode(Thing{}));
}

Fields progress_fields() {
  Fields fields = fields_of<model::Sprint>();
  fields.insert(fields.end(), {"progress", "days_left"});
  return fields;
}

Span due_span(const model::Task& task, util::Instant now) {
  if (!task.due) return {};
  const bool late = *task.due < now && model::is_open(task.status);
  return {time::to_relative(*task.due, now), late ? Tone::kBad : Tone::kPlain};
}

std::vector<Span> task_row(const model::Task& task, SprintNames& names, util::Instant now) {
  const bool is_closed = !model::is_open(task.status);
  return {{std::to_string(task.id.value), Tone::kAccent},
          {std::string(model::name(task.priority)), tone_of(task.priority)},
          {std::string(model::name(task.status)), tone_of(task.status)},
          {task.title, is_closed ? Tone::kDim : Tone::kPlain},
          {task.project.value_or("")},
          {task.sprint ? names.of(*task.sprint) : ""},
          {task.assignee.value_or("")},
          {util::join(task.labels, ",")},
          {task.points ? std::to_string(*task.points) : ""},
          due_span(task, now)};
}

render::Table task_table(Session& session, const Items& items) {
  render::Table table;
  table.columns = {{"ID", Align::kRight},
                   {"PRI"},
                   {"STATUS"},
                   {"TITLE", Align::kLeft, Fit::kShrink},
                   {"PROJECT", Align::kLeft, Fit::kShrink},
                   {"SPRINT", Align::kLeft, Fit::kShrink},
                   {"ASSIGNEE", Align::kLeft, Fit::kShrink},
                   {"LABELS", Align::kLeft, Fit::kShrink},
                   {"PTS", Align::kRight},
                   {"DUE"}};
  SprintNames names(session);
  for (const auto& item : items)
    table.rows.push_back(task_row(wire::decode_task(item), names, session.now()));
  return table;
}

render::Table comment_table(Session& session, const Items& items) {
  render::Table table;
  table.columns = {
      {"ID", Align::kRight}, {"WHEN"}, {"AUTHOR"}, {"TEXT", Align::kLeft, Fit::kShrink}};
  for (const auto& item : items) {
    const auto comment = wire::decode_comment(item);
    table.rows.push_back({{std::to_string(comment.id.value)},
                          {time::to_relative(comment.at, session.now()), Tone::kDim},
                          {comment.author},
                          {comment.text}});
  }
  return table;
}

std::string day_text(const std::optional<util::Date>& day) {
  return day ? time::to_text(*day) : "";
}

render::Table sprint_table(Session&, const Items& items) {
  render::Table table;
  table.columns = {{"ID", Align::kRight},
                   {"STATE"},
                   {"NAME", Align::kLeft, Fit::kShrink},
                   {"PROJECT"},
                   {"START"},
                   {"END"},
                   {"CAPACITY", Align::kRight},
                   {"GOAL", Align::kLeft, Fit::kShrink}};
  for (const auto& item : items) {
    const auto sprint = wire::decode_sprint(item);
    table.rows.push_back(
        {{std::to_string(sprint.id.value), Tone::kAccent},
         {std::string(model::name(sprint.state)),
          sprint.state == model::SprintState::kActive ? Tone::kGood : Tone::kPlain},
         {sprint.name},
         {sprint.project.value_or("")},
         {day_text(sprint.start)},
         {day_text(sprint.end)},
         {sprint.capacity ? std::to_string(*sprint.capacity) : ""},
         {sprint.goal}});
  }
  return table;
}

render::Table project_table(Session&, const Items& items) {
  render::Table table;
  table.columns = {
      {"KEY"}, {"NAME", Align::kLeft, Fit::kShrink}, {"DESCRIPTION", Align::kLeft, Fit::kShrink}};
  for (const auto& item : items) {
    const auto project = wire::decode_project(item);
    table.rows.push_back({{project.key, Tone::kAccent}, {project.name}, {project.description}});
  }
  return table;
}

constexpr Kind kTasks{"id", "tasks",
                      "id,status,priority,title,project,sprint,assignee,labels,points,due",
                      fields_of<model::Task>, task_table};
constexpr Kind kComments{"id", "comments", "id,at,author,text", fields_of<model::Comment>,
                         comment_table};
constexpr Kind kSprints{"id", "sprints", "id,state,name,project,start,end,capacity,goal",
                        fields_of<model::Sprint>, sprint_table};
constexpr Kind kProgress{"id", "sprints", "id,state,name,project,start,end,capacity,goal",
                         progress_fields, sprint_table};
constexpr Kind kProjects{"key", "projects", "key,name,description", fields_of<model::Project>,
                         project_table};

}  // namespace

const Kind& task_kind() { return kTasks; }
const Kind& comment_kind() { return kComments; }
const Kind& sprint_kind() { return kSprints; }
const Kind& progress_kind() { return kProgress; }
const Kind& project_kind() { return kProjects; }

Tone tone_of(Status status) {
  switch (status) {
    case Status::kInProgress:
      return Tone::kBusy;
    case Status::kBlocked:
      return Tone::kBad;
    case Status::kReview:
      return Tone::kAccent;
    case Status::kDone:
      return Tone::kGood;
    case Status::kDropped:
      return Tone::kDim;
    case Status::kTodo:
      break;
  }
  return Tone::kPlain;
}

Tone tone_of(Priority priority) {
  if (priority == Priority::kP0) return Tone::kBad;
  return priority == Priority::kP1 ? Tone::kBusy : Tone::kPlain;
}

}  // namespace taskman::cli
