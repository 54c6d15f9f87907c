// Writing records, exports and the answer of an import.

#include "common/wire/columns.hpp"
#include "common/wire/import.hpp"
#include "common/wire/write.hpp"

namespace taskman::wire {
namespace {

/// Writes what is engaged of a patch under the names of the record.
void put_stamps(Object& object, const ImportStamps& stamps) {
  object.maybe("version", stamps.version).maybe("created_at", stamps.created_at);
  object.maybe("updated_at", stamps.updated_at).maybe("started_at", stamps.started_at);
  object.maybe("closed_at", stamps.closed_at);
}

std::string text_of(const TaskRef& ref) {
  std::string out;
  std::visit([&](const auto& value) { put(out, value); }, ref);
  return out;
}

std::string text_of(const std::vector<TaskRef>& refs) {
  std::string out = "[";
  for (const auto& ref : refs) {
    if (out.size() > 1) out += ',';
    out += text_of(ref);
  }
  return out += ']';
}

template <typename Ref>
void put_ref(Object& object, std::string_view name, const std::optional<std::optional<Ref>>& ref) {
  if (!ref) return;
  std::string text = "null";
  if (*ref) {
    text.clear();
    std::visit([&](const auto& value) { put(text, value); }, **ref);
  }
  object(name, Raw{text});
}

void put_record(Object& object, const ImportTask& task) {
  const auto& patch = task.patch;
  object("kind", std::string_view("task")).maybe("id", task.id).maybe("title", patch.title);
  object.maybe("body", patch.body).maybe("status", patch.status).maybe("priority", patch.priority);
  object.maybe("project", patch.project);
  put_ref(object, "sprint", task.sprint);
  put_ref(object, "parent", task.parent);
  object.maybe("assignee", patch.assignee).maybe("labels", patch.labels);
  object.maybe("points", patch.points).maybe("due", patch.due);
  if (task.blocked_by) object("blocked_by", Raw{text_of(*task.blocked_by)});
  object.maybe("blocked_reason", patch.blocked_reason).maybe("external_id", patch.external_id);
  object.maybe("lease", task.lease);
  put_stamps(object, task.stamps);
}

void put_record(Object& object, const ImportProject& project) {
  object("kind", std::string_view("project"))("key", project.key).maybe("name", project.patch.name);
  object.maybe("description", project.patch.description);
  put_stamps(object, project.stamps);
}

void put_record(Object& object, const ImportSprint& sprint) {
  const auto& patch = sprint.patch;
  object("kind", std::string_view("sprint")).maybe("id", sprint.id).maybe("name", patch.name);
  object.maybe("project", patch.project).maybe("goal", patch.goal).maybe("state", sprint.state);
  object.maybe("start", patch.start).maybe("end", patch.end).maybe("tz", patch.tz);
  object.maybe("capacity", patch.capacity);
  put_stamps(object, sprint.stamps);
  object.maybe("committed", sprint.committed).maybe("report", sprint.report);
}

void put_record(Object& object, const ImportComment& comment) {
  object("kind", std::string_view("comment")).maybe("id", comment.id);
  object("task", Raw{text_of(comment.task)}).maybe("author", comment.author);
  object("text", comment.text).maybe("at", comment.at);
}

template <typename T>
std::string exported(std::string_view kind, std::span<const Column<T>> columns, const T& thing) {
  std::string out;
  Object object(out);
  object("kind", kind);
  for (const auto& column : columns) {
    object.key(column.name);
    column.put(out, thing);
  }
  object.close();
  return out;
}

void put_result(std::string& out, const ImportResult& result) {
  Object object(out);
  object("line", result.line)("kind", result.kind)("outcome", name(result.outcome));
  object.key("id");
  if (result.id) {
    std::visit([&](const auto& id) { put(out, id); }, *result.id);
  } else {
    out += "null";
  }
  object("message", result.message).close();
}

}  // namespace

std::string encode(const ImportRecord& record) {
  std::string out;
  Object object(out);
  std::visit([&](const auto& thing) { put_record(object, thing); }, record);
  object.close();
  return out;
}

std::string encode_export(const model::Project& project) {
  return exported("project", project_columns(), project);
}
std::string encode_export(const model::Sprint& sprint) {
  return exported("sprint", sprint_columns(), sprint);
}
std::string encode_export(const model::Task& task) {
  return exported("task", task_columns(), task);
}
std::string encode_export(const model::Comment& comment) {
  return exported("comment", comment_columns(), comment);
}

std::string encode(const ImportReport& report) {
  std::string out;
  Object object(out);
  object("dry_run", report.dry_run)("created", report.created)("updated", report.updated);
  object("unchanged", report.unchanged)("invalid", report.invalid);
  object.key("results");
  out += '[';
  for (const auto& result : report.results) {
    if (out.back() != '[') out += ',';
    put_result(out, result);
  }
  out += ']';
  object.close();
  return out;
}

}  // namespace taskman::wire
