#include "daemon/store/sqlite/task_reads.hpp"

namespace taskman::store::sqlite {
namespace {

std::vector<model::TaskId> ids_of(Connection& connection, std::string_view sql, model::TaskId id) {
  std::vector<model::TaskId> ids;
  Query query = connection.query(sql);
  query.bind(id.value);
  while (query.step()) ids.push_back({query.integer(0)});
  return ids;
}

Counts counts_of(Connection& connection, std::string_view sql) {
  Counts counts;
  Query query = connection.query(sql);
  while (query.step()) counts.emplace_back(query.string(0), query.integer(1));
  return counts;
}

}  // namespace

std::optional<TaskRow> find_task_row(Connection& connection, model::TaskId id) {
  static const std::string kSql = "SELECT " + task_select() + " FROM tasks WHERE id = ?";
  Query query = connection.query(kSql);
  query.bind(id.value);
  if (!query.step()) return std::nullopt;
  return read_task(query);
}

std::optional<model::Task> find_task_by_external_id(Connection& connection,
                                                    std::string_view external_id) {
  static const std::string kSql = "SELECT " + task_select() + " FROM tasks WHERE external_id = ?";
  Query query = connection.query(kSql);
  query.bind(external_id);
  if (!query.step()) return std::nullopt;
  return read_task(query).task;
}

std::vector<model::TaskId> dependents_of(Connection& connection, model::TaskId id) {
  return ids_of(connection, "SELECT task FROM dependencies WHERE blocker = ? ORDER BY task", id);
}

std::vector<model::TaskId> blockers_of(Connection& connection, model::TaskId id) {
  return ids_of(connection, "SELECT blocker FROM dependencies WHERE task = ? ORDER BY blocker", id);
}

std::vector<model::TaskId> children_of(Connection& connection, model::TaskId id) {
  return ids_of(connection, "SELECT id FROM tasks WHERE parent = ? ORDER BY id", id);
}

std::optional<util::Instant> next_lease_end(Connection& connection) {
  Query query = connection.query(
      "SELECT lease_until FROM tasks WHERE lease_until IS NOT NULL ORDER BY lease_until LIMIT 1");
  if (!query.step()) return std::nullopt;
  return query.instant(0);
}

std::vector<model::TaskId> leases_ended(Connection& connection, util::Instant instant) {
  std::vector<model::TaskId> ids;
  Query query = connection.query("SELECT id FROM tasks WHERE lease_until <= ? ORDER BY id");
  query.bind(instant);
  while (query.step()) ids.push_back({query.integer(0)});
  return ids;
}

bool was_task_deleted(Connection& connection, model::TaskId id) {
  Query query = connection.query(
      "SELECT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'tasks' AND seq >= ?1) "
      "AND NOT EXISTS (SELECT 1 FROM tasks WHERE id = ?1)");
  query.bind(id.value);
  return id.value > 0 && query.step() && query.integer(0) != 0;
}

std::vector<model::Comment> comments_of(Connection& connection, model::TaskId id) {
  std::vector<model::Comment> comments;
  Query query =
      connection.query("SELECT id, author, text, at FROM comments WHERE task = ? ORDER BY id");
  query.bind(id.value);
  while (query.step()) {
    comments.push_back({.id = {query.integer(0)},
                        .task = id,
                        .author = query.string(1),
                        .text = query.string(2),
                        .at = query.instant(3)});
  }
  return comments;
}

Counts count_labels(Connection& connection) {
  return counts_of(connection,
                   "SELECT label, count(*) FROM task_labels GROUP BY label ORDER BY label");
}

Counts count_assignees(Connection& connection) {
  return counts_of(connection,
                   "SELECT assignee, count(*) FROM tasks WHERE assignee IS NOT NULL "
                   "GROUP BY assignee ORDER BY assignee");
}

}  // namespace taskman::store::sqlite
