#include "daemon/store/sqlite/sprint_rows.hpp"

#include <fmt/core.h>

#include <chrono>
#include <string_view>

#include "daemon/store/sqlite/sprint_frozen.hpp"

namespace taskman::store::sqlite {
namespace {

using error::Code;
using error::Error;
using model::Sprint;

constexpr std::string_view kSelect =
    "SELECT id, name, project, goal, start_day, end_day, tz, capacity, state, version, created_at, "
    "updated_at, started_at, closed_at FROM sprints ";

std::optional<std::int64_t> to_days(const std::optional<util::Date>& date) {
  if (!date) return std::nullopt;
  return std::chrono::sys_days(*date).time_since_epoch().count();
}

std::optional<util::Date> from_days(const std::optional<std::int64_t>& days) {
  if (!days) return std::nullopt;
  return util::Date(std::chrono::sys_days(std::chrono::days(static_cast<int>(*days))));
}

Sprint read_sprint(const Query& query) {
  Sprint sprint;
  sprint.id.value = query.integer(0);
  sprint.name = query.text(1);
  sprint.project = query.optional_string(2);
  sprint.goal = query.text(3);
  sprint.start = from_days(query.optional_integer(4));
  sprint.end = from_days(query.optional_integer(5));
  sprint.tz = query.text(6);
  sprint.capacity = query.optional_integer(7);
  sprint.state = static_cast<model::SprintState>(query.integer(8));
  sprint.version = query.integer(9);
  sprint.created_at = query.instant(10);
  sprint.updated_at = query.instant(11);
  sprint.started_at = query.optional_instant(12);
  sprint.closed_at = query.optional_instant(13);
  return sprint;
}

/// The thirteen columns after id.
Query& bind_sprint(Query& query, const Sprint& sprint) {
  return query.bind(sprint.name)
      .bind(sprint.project)
      .bind(sprint.goal)
      .bind(to_days(sprint.start))
      .bind(to_days(sprint.end))
      .bind(sprint.tz)
      .bind(sprint.capacity)
      .bind(static_cast<std::int64_t>(sprint.state))
      .bind(sprint.version)
      .bind(sprint.created_at)
      .bind(sprint.updated_at)
      .bind(sprint.started_at)
      .bind(sprint.closed_at);
}

void run_checked(Query& query, const Sprint& sprint) {
  try {
    query.run();
  } catch (const StorageFailure& failure) {
    if (failure.trouble() != Trouble::kReference) throw;
    throw Error(Code::kConflict,
                fmt::format("sprint '{}' refers to project '{}', which does not exist", sprint.name,
                            sprint.project.value_or("")));
  }
}

void add_frozen(Connection& connection, Sprint& sprint) {
  sprint.committed = scope_of(connection, sprint.id);
  sprint.report = report_of(connection, sprint.id);
}

}  // namespace

std::optional<Sprint> find_sprint(Connection& connection, model::SprintId id) {
  static const std::string kSql = std::string(kSelect) + "WHERE id = ?";
  Query query = connection.query(kSql);
  query.bind(id.value);
  if (!query.step()) return std::nullopt;
  Sprint sprint = read_sprint(query);
  add_frozen(connection, sprint);
  return sprint;
}

std::vector<Sprint> all_sprints(Connection& connection) {
  static const std::string kSql =
      std::string(kSelect) + "ORDER BY start_day IS NULL, start_day, id";
  std::vector<Sprint> sprints;
  {
    Query query = connection.query(kSql);
    while (query.step()) sprints.push_back(read_sprint(query));
  }
  for (Sprint& sprint : sprints) add_frozen(connection, sprint);
  return sprints;
}

model::SprintId insert_sprint(Connection& connection, const Sprint& sprint) {
  model::SprintId id;
  {
    Query query = connection.query(
        "INSERT INTO sprints (id, name, project, goal, start_day, end_day, tz, capacity, state, "
        "version, "
        "created_at, updated_at, started_at, closed_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    query.bind(given_id(sprint.id.value));
    run_checked(bind_sprint(query, sprint), sprint);
    id.value = connection.last_insert_id();
  }
  if (!sprint.committed.empty()) write_scope(connection, id, sprint.committed);
  if (sprint.report) write_report(connection, id, sprint.report);
  return id;
}

void update_sprint(Connection& connection, const Sprint& sprint) {
  const auto before = find_sprint(connection, sprint.id);
  if (!before) throw Error(Code::kNotFound, fmt::format("there is no sprint {}", sprint.id.value));
  {
    Query query = connection.query(
        "UPDATE sprints SET name = ?, project = ?, goal = ?, start_day = ?, end_day = ?, tz = ?, "
        "capacity = ?, state = ?, version = ?, created_at = ?, updated_at = ?, started_at = ?, "
        "closed_at = ? WHERE id = ?");
    run_checked(bind_sprint(query, sprint).bind(sprint.id.value), sprint);
  }
  if (before->committed != sprint.committed) write_scope(connection, sprint.id, sprint.committed);
  if (before->report != sprint.report) write_report(connection, sprint.id, sprint.report);
}

void delete_sprint(Connection& connection, model::SprintId id) {
  try {
    connection.query("DELETE FROM sprints WHERE id = ?").bind(id.value).run();
  } catch (const StorageFailure& failure) {
    if (failure.trouble() != Trouble::kReference) throw;
    throw Error(Code::kConflict, fmt::format("sprint {} still has tasks", id.value));
  }
}

model::Progress progress_of(Connection& connection, model::SprintId id) {
  Query query = connection.query("SELECT progress FROM sprint_progress WHERE sprint = ?");
  query.bind(id.value);
  return query.step() ? progress_from_column(query.text(0)) : model::Progress{};
}

void save_progress(Connection& connection, model::SprintId id, const model::Progress& progress) {
  const std::string column = to_column(progress);
  connection
      .query(
          "INSERT INTO sprint_progress (sprint, progress) VALUES (?, ?) "
          "ON CONFLICT (sprint) DO UPDATE SET progress = excluded.progress")
      .bind(id.value)
      .bind(column)
      .run();
}

}  // namespace taskman::store::sqlite
