// What a write puts into the log. Reading it back: log_decode.cpp.

#include "common/wire/log.hpp"

#include <algorithm>
#include <type_traits>
#include <vector>

#include "common/wire/columns.hpp"
#include "common/wire/envelope.hpp"

namespace taskman::wire {
namespace {

using model::Change;
using model::ChangeType;

/// The columns a change tells, sorted by name.
template <typename T>
std::vector<const Column<T>*> sorted(std::span<const Column<T>> columns, std::string_view key) {
  std::vector<const Column<T>*> rows;
  for (const auto& column : columns) {
    if (column.name != key && column.name != "version") rows.push_back(&column);
  }
  std::ranges::sort(rows, {}, &Column<T>::name);
  return rows;
}

const auto& told(const model::Task*) {
  static const auto columns = sorted(task_columns(), "id");
  return columns;
}
const auto& told(const model::Sprint*) {
  static const auto columns = sorted(sprint_columns(), "id");
  return columns;
}
const auto& told(const model::Project*) {
  static const auto columns = sorted(project_columns(), "key");
  return columns;
}

/// All of `from`, or what of it differs from `other`.
template <typename T>
std::string facts(const T* from, const T* other) {
  std::string out;
  Object object(out);
  for (const auto* column : told(from)) {
    if (from == nullptr) break;
    if (other != nullptr && (column->name == "updated_at" || column->same(*from, *other))) continue;
    object.key(column->name);
    column->put(out, *from);
  }
  object.close();
  return out;
}

template <typename T>
Change change_of(ChangeType type, const T* before, const T* after) {
  Change change{.type = type};
  change.version = (after != nullptr ? after : before)->version;
  change.set = facts(after, before);
  change.was = facts(before, after);
  return change;
}

/// A task without its body, whose length the log is spared.
void put_facts(std::string& out, Object& object, const model::Task& task) {
  for (const auto& column : task_columns()) {
    if (column.name == "body") continue;
    object.key(column.name);
    column.put(out, task);
  }
}

/// The image that filters are evaluated on, and what of the image before `was` does not tell.
std::string subject_of(const model::Task& task, const model::Task* before) {
  std::string out;
  Object object(out);
  put_facts(out, object, task);
  if (before != nullptr) {
    object.key("before");
    Object{out}("version", before->version)("updated_at", before->updated_at).close();
  }
  object.close();
  return out;
}

constexpr std::string_view kComments = "comments";

void put_array(std::string& out, const std::vector<model::Comment>& comments) {
  out += '[';
  for (const auto& comment : comments) {
    if (out.back() != '[') out += ',';
    put_object(out, comment_columns(), comment);
  }
  out += ']';
}

/// All of `from`; the comments have their place among the sorted names.
std::string with_comments(const model::Task& from, const std::vector<model::Comment>& comments) {
  std::string out;
  Object object(out);
  bool told_comments = false;
  for (const auto* column : told(&from)) {
    if (!told_comments && column->name > kComments) {
      object.key(kComments);
      put_array(out, comments);
      told_comments = true;
    }
    object.key(column->name);
    column->put(out, from);
  }
  object.close();
  return out;
}

std::string object_with(const model::Comment& comment) {
  std::string out = R"({"comment":)";
  put_object(out, comment_columns(), comment);
  return out += '}';
}

void put_crossing(std::string& out, Object& object, const Crossing& crossing) {
  if (!crossing.enter.empty()) {
    std::vector<std::string> tasks;
    for (const auto& task : crossing.enter) tasks.push_back(subject_of(task, nullptr));
    object("enter", Raw{array_of(tasks)});
  }
  if (!crossing.leave.empty()) {
    object.key("leave");
    put(out, crossing.leave);
  }
}

void put_change(std::string& out, const Change& change) {
  Object object(out);
  object("type", model::name(change.type));
  object.key("id");
  std::visit([&](const auto& id) { put(out, id); }, change.id);
  object.maybe("version", change.version)("set", Raw{change.set})("was", Raw{change.was}).close();
}

}  // namespace

Change task_change(ChangeType type, const model::Task* before, const model::Task* after) {
  Change change = change_of(type, before, after);
  const auto& task = after != nullptr ? *after : *before;
  change.id = task.id.value;
  change.subject = subject_of(task, after != nullptr ? before : nullptr);
  return change;
}

Change deletion_change(const model::Task& before, const std::vector<model::Comment>& comments) {
  Change change = task_change(ChangeType::kTaskDeleted, &before, nullptr);
  if (!comments.empty()) change.was = with_comments(before, comments);
  return change;
}

Change comment_change(const model::Comment& comment, const model::Task& task) {
  Change change{.type = ChangeType::kTaskCommented, .id = task.id.value, .version = task.version};
  change.set = object_with(comment);
  change.subject = subject_of(task, nullptr);
  return change;
}

Change uncomment_change(const model::Comment& comment, const model::Task& task) {
  Change change{.type = ChangeType::kTaskUncommented, .id = task.id.value, .version = task.version};
  change.was = object_with(comment);
  change.subject = subject_of(task, nullptr);
  return change;
}

Change readiness_change(const model::Task& after) {
  Change change{.type = ChangeType::kTaskReadiness, .id = after.id.value};
  change.set = after.ready ? R"({"ready":true})" : R"({"ready":false})";
  change.was = after.ready ? R"({"ready":false})" : R"({"ready":true})";
  change.subject = subject_of(after, nullptr);
  return change;
}

Change sprint_change(ChangeType type, const model::Sprint* before, const model::Sprint* after) {
  Change change = change_of(type, before, after);
  change.id = (after != nullptr ? after : before)->id.value;
  return change;
}

Change progress_change(model::SprintId id, const model::Progress& before,
                       const model::Progress& after) {
  Change change{.type = ChangeType::kSprintProgress, .id = id.value};
  change.set.clear();
  put_object(change.set, progress_columns(), after);
  change.was.clear();
  put_object(change.was, progress_columns(), before);
  return change;
}

Change project_change(ChangeType type, const model::Project* before, const model::Project* after) {
  Change change = change_of(type, before, after);
  change.id = (after != nullptr ? after : before)->key;
  return change;
}

std::string encode_changes(const std::vector<Change>& changes) {
  std::string out = "[";
  for (const auto& change : changes) {
    if (out.size() > 1) out += ',';
    put_change(out, change);
  }
  return out += ']';
}

std::string encode_subjects(const std::vector<Change>& changes) {
  std::string out = "[";
  for (const auto& change : changes) {
    if (out.size() > 1) out += ',';
    out += change.subject.empty() ? std::string_view("null") : std::string_view(change.subject);
  }
  return out += ']';
}

std::string encode_frame(const model::LogEntry& entry, std::int64_t prev,
                         const Crossing& crossing) {
  std::string out;
  out.reserve(entry.changes.size() + 192);
  Object object(out);
  object("rev", entry.cursor.rev)("prev", prev)("cursor", model::to_string(entry.cursor));
  object("at", entry.at)("actor", entry.actor)("origin", entry.origin);
  object("changes", Raw{entry.changes});
  put_crossing(out, object, crossing);
  object.close();
  return out;
}

}  // namespace taskman::wire
