// The client's half of commands.hpp: what the decoders of commands.cpp read.

#include "common/wire/commands.hpp"
#include "common/wire/write.hpp"

namespace taskman::wire {
namespace {

template <typename T>
void put_if_set(Object& object, std::string_view name, const T& value, const T& usual) {
  if (value != usual) object(name, value);
}

void put_sprint(Object& object, const std::optional<SprintWord>& word) {
  if (word) object("sprint", word->word);
}

void put_edit(std::string& out, const TaskEdit& edit) {
  const auto& patch = edit.patch;
  Object object(out);
  object.maybe("title", patch.title).maybe("body", patch.body).maybe("status", patch.status);
  object.maybe("priority", patch.priority).maybe("project", patch.project);
  if (edit.sprint && *edit.sprint) {
    put_sprint(object, *edit.sprint);
  } else if (edit.sprint) {
    object("sprint", Raw{"null"});
  } else {
    object.maybe("sprint", patch.sprint);
  }
  object.maybe("parent", patch.parent)
      .maybe("assignee", patch.assignee)
      .maybe("labels", patch.labels);
  object.unless_empty("add_labels", patch.add_labels);
  object.unless_empty("remove_labels", patch.remove_labels);
  object.maybe("points", patch.points)
      .maybe("due", patch.due)
      .maybe("blocked_by", patch.blocked_by);
  object.unless_empty("add_blocked_by", patch.add_blocked_by);
  object.unless_empty("remove_blocked_by", patch.remove_blocked_by);
  object.maybe("blocked_reason", patch.blocked_reason).maybe("external_id", patch.external_id);
  object.close();
}

}  // namespace

std::string encode(const NewTask& task) {
  const auto& fields = task.fields;
  const model::TaskFields usual;
  std::string out;
  Object object(out);
  object("title", fields.title).unless_empty("body", fields.body);
  put_if_set(object, "status", fields.status, usual.status);
  put_if_set(object, "priority", fields.priority, usual.priority);
  object.maybe("project", fields.project).maybe("sprint", fields.sprint);
  put_sprint(object, task.sprint);
  object.maybe("parent", fields.parent).maybe("assignee", fields.assignee);
  object.unless_empty("labels", fields.labels)
      .maybe("points", fields.points)
      .maybe("due", fields.due);
  object.unless_empty("blocked_by", fields.blocked_by)
      .maybe("blocked_reason", fields.blocked_reason);
  object.maybe("external_id", fields.external_id).close();
  return out;
}

std::string encode(const TaskEdit& edit) {
  std::string out;
  put_edit(out, edit);
  return out;
}

std::string encode(const BulkCommand& command) {
  std::string out;
  Object object(out);
  object("verb", command.verb);
  if (!command.where || !command.ids.empty()) object("ids", command.ids);
  object.maybe("where", command.where).maybe("sprints_of", command.sprints_of);
  object.maybe("reason", command.reason);
  if (command.set) {
    object.key("set");
    put_edit(out, *command.set);
  }
  object.maybe("text", command.text).maybe("lease", command.lease);
  if (command.exclusive) object("exclusive", true);
  put_fence(object, command.fence);
  object.close();
  return out;
}

std::string encode(const CloseCommand& command) {
  std::string out;
  Object object(out);
  object.maybe("carry", command.carry);
  object.close();
  return out;
}

std::string encode_new_sprint(const model::SprintFields& fields) {
  std::string out;
  Object object(out);
  object("name", fields.name).maybe("project", fields.project).unless_empty("goal", fields.goal);
  object.maybe("start", fields.start).maybe("end", fields.end)("tz", fields.tz);
  object.maybe("capacity", fields.capacity).close();
  return out;
}

std::string encode(const model::SprintPatch& patch) {
  std::string out;
  Object object(out);
  object.maybe("name", patch.name).maybe("project", patch.project).maybe("goal", patch.goal);
  object.maybe("start", patch.start).maybe("end", patch.end).maybe("tz", patch.tz);
  object.maybe("capacity", patch.capacity).close();
  return out;
}

std::string encode_new_project(const model::Project& project) {
  std::string out;
  Object object(out);
  object("key", project.key).unless_empty("name", project.name);
  object.unless_empty("description", project.description).close();
  return out;
}

std::string encode(const model::ProjectPatch& patch) {
  std::string out;
  Object object(out);
  object.maybe("name", patch.name).maybe("description", patch.description).close();
  return out;
}

std::string encode_new_comment(std::string_view text) {
  std::string out;
  Object{out}("text", text).close();
  return out;
}

std::string encode(const VerbInput& input) {
  std::string out;
  Object object(out);
  object.maybe("reason", input.reason);
  put_fence(object, input.fence);
  object.close();
  return out;
}

}  // namespace taskman::wire
