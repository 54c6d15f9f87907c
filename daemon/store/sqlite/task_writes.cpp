#include "daemon/store/sqlite/task_writes.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "daemon/store/sqlite/numbers.hpp"
#include "daemon/store/sqlite/task_reads.hpp"

namespace taskman::store::sqlite {
namespace {

using error::Code;
using error::Error;
using model::TaskId;

/// A label is one line of its column.
void check_labels(const model::Task& task) {
  for (const std::string& label : task.labels) {
    if (label.empty() || label.find('\n') != std::string::npos) {
      throw Error(Code::kInvalidValue, fmt::format("label '{}' is not one line of text", label));
    }
  }
}

template <typename Item>
std::vector<Item> in_first_only(const std::vector<Item>& first, const std::vector<Item>& second) {
  std::vector<Item> items;
  std::ranges::set_difference(first, second, std::back_inserter(items));
  return items;
}

void write_labels(Connection& connection, const model::Task& before, const model::Task& after) {
  for (const std::string& label : in_first_only(before.labels, after.labels)) {
    connection.query("DELETE FROM task_labels WHERE label = ? AND task = ?")
        .bind(label)
        .bind(after.id.value)
        .run();
  }
  for (const std::string& label : in_first_only(after.labels, before.labels)) {
    connection.query("INSERT INTO task_labels (label, task) VALUES (?, ?)")
        .bind(label)
        .bind(after.id.value)
        .run();
  }
}

void write_edges(Connection& connection, const model::Task& before, const model::Task& after) {
  for (const TaskId blocker : in_first_only(before.blocked_by, after.blocked_by)) {
    connection.query("DELETE FROM dependencies WHERE blocker = ? AND task = ?")
        .bind(blocker.value)
        .bind(after.id.value)
        .run();
  }
  for (const TaskId blocker : in_first_only(after.blocked_by, before.blocked_by)) {
    connection.query("INSERT INTO dependencies (blocker, task) VALUES (?, ?)")
        .bind(blocker.value)
        .bind(after.id.value)
        .run();
  }
}

std::int64_t recount_blockers(Connection& connection, TaskId id) {
  Query query = connection.query(
      "UPDATE tasks SET open_blockers = (SELECT count(*) FROM dependencies d JOIN tasks b "
      "ON b.id = d.blocker WHERE d.task = ?1 AND b.open = 1) WHERE id = ?1 RETURNING "
      "open_blockers");
  query.bind(id.value);
  const std::int64_t count = query.step() ? query.integer(0) : 0;
  query.run();
  return count;
}

void count_status(Connection& connection, model::Status status, std::int64_t difference) {
  connection.query("UPDATE status_counts SET tasks = tasks + ?2 WHERE status = ?1")
      .bind(static_cast<std::int64_t>(status))
      .bind(difference)
      .run();
}

void move_status(Connection& connection, model::Status from, model::Status to) {
  connection
      .query(
          "UPDATE status_counts SET tasks = tasks + CASE status WHEN ?1 THEN -1 ELSE 1 END "
          "WHERE status IN (?1, ?2)")
      .bind(static_cast<std::int64_t>(from))
      .bind(static_cast<std::int64_t>(to))
      .run();
}

/// The task opened or closed: those that wait for it have one open blocker more or less.
void tell_dependents(Connection& connection, TaskId id, std::int64_t difference) {
  connection
      .query(
          "UPDATE tasks SET open_blockers = open_blockers + ?2 "
          "WHERE id IN (SELECT task FROM dependencies WHERE blocker = ?1)")
      .bind(id.value)
      .bind(difference)
      .run();
}

[[noreturn]] void explain(Connection& connection, const model::Task& task,
                          const StorageFailure& failure) {
  if (failure.trouble() == Trouble::kUnique && task.external_id) {
    const auto holder = find_task_by_external_id(connection, *task.external_id);
    if (holder) {
      throw Error(Code::kConflict, fmt::format("external id '{}' belongs to task {}",
                                               *task.external_id, holder->id.value));
    }
  }
  if (failure.trouble() == Trouble::kReference) {
    throw Error(Code::kConflict,
                fmt::format("task '{}' refers to a project, sprint, parent or blocker "
                            "that does not exist",
                            task.title));
  }
  if (failure.trouble() == Trouble::kUnique) {
    throw Error(Code::kConflict, fmt::format("there is a task {} already", task.id.value));
  }
  throw failure;
}

const std::string& insert_sql() {
  static const std::string kSql = [] {
    std::string names = "id";
    std::string marks = "?";
    for (const TaskColumn& column : task_columns()) {
      names.append(", ").append(column.name);
      marks.append(", ?");
    }
    return "INSERT INTO tasks (" + names + ") VALUES (" + marks + ")";
  }();
  return kSql;
}

/// Only the columns that differ: an index is rewritten when one of its columns is named at all.
void write_columns(Connection& connection, const model::Task& before, const model::Task& after) {
  std::string sql;
  for (const TaskColumn& column : task_columns()) {
    if (!column.differs(before, after)) continue;
    sql.append(sql.empty() ? "UPDATE tasks SET " : ", ").append(column.name).append(" = ?");
  }
  if (sql.empty()) return;
  sql += " WHERE id = ?";
  Query query = connection.query(sql);
  for (const TaskColumn& column : task_columns()) {
    if (column.differs(before, after)) column.write(query, after);
  }
  query.bind(after.id.value).run();
}

}  // namespace

TaskRow insert_task(Connection& connection, const model::Task& task) {
  check_labels(task);
  TaskRow row{.task = task};
  try {
    Query query = connection.query(insert_sql());
    query.bind(given_id(task.id.value));
    for (const TaskColumn& column : task_columns()) column.write(query, task);
    query.run();
    row.task.id.value = connection.last_insert_id();
    const model::Task nothing;
    write_labels(connection, nothing, row.task);
    write_edges(connection, nothing, row.task);
  } catch (const StorageFailure& failure) {
    explain(connection, task, failure);
  }
  count_status(connection, task.status, 1);
  if (!task.blocked_by.empty()) row.open_blockers = recount_blockers(connection, row.task.id);
  row.task.ready = is_ready(row);
  return row;
}

TaskRow update_task(Connection& connection, const TaskRow& before, const model::Task& task) {
  TaskRow row{.task = task, .open_blockers = before.open_blockers};
  const bool labels_differ = before.task.labels != task.labels;
  const bool edges_differ = before.task.blocked_by != task.blocked_by;
  if (labels_differ) check_labels(task);
  try {
    write_columns(connection, before.task, task);
    if (labels_differ) write_labels(connection, before.task, task);
    if (edges_differ) write_edges(connection, before.task, task);
  } catch (const StorageFailure& failure) {
    explain(connection, task, failure);
  }
  if (edges_differ) row.open_blockers = recount_blockers(connection, task.id);
  if (before.task.status != task.status) move_status(connection, before.task.status, task.status);
  const bool was_open = model::is_open(before.task.status);
  const bool now_open = model::is_open(task.status);
  if (was_open != now_open) tell_dependents(connection, task.id, now_open ? 1 : -1);
  row.task.ready = is_ready(row);
  return row;
}

void delete_task(Connection& connection, const TaskRow& row) {
  const std::int64_t id = row.task.id.value;
  for (const TaskId dependent : dependents_of(connection, row.task.id)) {
    const auto waiting = find_task_row(connection, dependent);
    if (!waiting) continue;
    model::Task freed = waiting->task;
    std::erase(freed.blocked_by, row.task.id);
    update_task(connection, *waiting, freed);
  }
  connection.query("DELETE FROM dependencies WHERE task = ?").bind(id).run();
  connection.query("DELETE FROM task_labels WHERE task = ?").bind(id).run();
  connection.query("DELETE FROM tasks WHERE id = ?").bind(id).run();
  count_status(connection, row.task.status, -1);
}

model::CommentId insert_comment(Connection& connection, const model::Comment& comment) {
  try {
    connection.query("INSERT INTO comments (id, task, author, text, at) VALUES (?, ?, ?, ?, ?)")
        .bind(given_id(comment.id.value))
        .bind(comment.task.value)
        .bind(comment.author)
        .bind(comment.text)
        .bind(comment.at)
        .run();
  } catch (const StorageFailure& failure) {
    if (failure.trouble() == Trouble::kReference) {
      throw Error(Code::kNotFound, fmt::format("there is no task {}", comment.task.value));
    }
    if (failure.trouble() != Trouble::kUnique) throw;
    throw Error(Code::kConflict, fmt::format("there is a comment {} already", comment.id.value));
  }
  return {connection.last_insert_id()};
}

void delete_comment(Connection& connection, model::CommentId id) {
  const std::int64_t before = connection.changes();
  connection.query("DELETE FROM comments WHERE id = ?").bind(id.value).run();
  if (connection.changes() == before) {
    throw Error(Code::kNotFound, fmt::format("there is no comment {}", id.value));
  }
}

}  // namespace taskman::store::sqlite
