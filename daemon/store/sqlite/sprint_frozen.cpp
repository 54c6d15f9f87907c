#include "daemon/store/sqlite/sprint_frozen.hpp"

#include <algorithm>
#include <cstddef>

#include "daemon/store/sqlite/numbers.hpp"

namespace taskman::store::sqlite {

std::string to_column(const model::Progress& progress) {
  std::vector<std::int64_t> numbers(progress.tasks.begin(), progress.tasks.end());
  numbers.insert(numbers.end(), progress.points.begin(), progress.points.end());
  numbers.push_back(progress.unestimated);
  return join_numbers(numbers);
}

model::Progress progress_from_column(std::string_view text) {
  const std::vector<std::int64_t> numbers = split_numbers(text);
  model::Progress progress;
  constexpr std::size_t kStatuses = model::kStatusCount;
  if (numbers.size() != 2 * kStatuses + 1) {
    throw StorageFailure(Trouble::kCorrupt, error::Code::kStorageUnavailable,
                         "the database holds a damaged progress: " + std::string(text),
                         "restore a backup with taskman restore");
  }
  std::copy_n(numbers.begin(), kStatuses, progress.tasks.begin());
  std::copy_n(numbers.begin() + kStatuses, kStatuses, progress.points.begin());
  progress.unestimated = numbers.back();
  return progress;
}

std::vector<model::ScopeItem> scope_of(Connection& connection, model::SprintId id) {
  std::vector<model::ScopeItem> scope;
  Query query = connection.query(
      "SELECT task, points, status FROM sprint_scope WHERE sprint = ? ORDER BY task");
  query.bind(id.value);
  while (query.step()) {
    scope.push_back({.task = {query.integer(0)},
                     .points = query.optional_integer(1),
                     .status = static_cast<model::Status>(query.integer(2))});
  }
  return scope;
}

std::optional<model::SprintReport> report_of(Connection& connection, model::SprintId id) {
  Query query = connection.query(
      "SELECT progress, completed, dropped, carried, added, removed, carried_to "
      "FROM sprint_reports WHERE sprint = ?");
  query.bind(id.value);
  if (!query.step()) return std::nullopt;
  return model::SprintReport{.progress = progress_from_column(query.text(0)),
                             .completed = split_ids<model::TaskId>(query.text(1)),
                             .dropped = split_ids<model::TaskId>(query.text(2)),
                             .carried = split_ids<model::TaskId>(query.text(3)),
                             .added = split_ids<model::TaskId>(query.text(4)),
                             .removed = split_ids<model::TaskId>(query.text(5)),
                             .carried_to = query.string(6)};
}

void write_scope(Connection& connection, model::SprintId id,
                 const std::vector<model::ScopeItem>& scope) {
  connection.query("DELETE FROM sprint_scope WHERE sprint = ?").bind(id.value).run();
  for (const model::ScopeItem& item : scope) {
    connection.query("INSERT INTO sprint_scope (sprint, task, points, status) VALUES (?, ?, ?, ?)")
        .bind(id.value)
        .bind(item.task.value)
        .bind(item.points)
        .bind(static_cast<std::int64_t>(item.status))
        .run();
  }
}

void write_report(Connection& connection, model::SprintId id,
                  const std::optional<model::SprintReport>& report) {
  connection.query("DELETE FROM sprint_reports WHERE sprint = ?").bind(id.value).run();
  if (!report) return;
  connection
      .query(
          "INSERT INTO sprint_reports (sprint, progress, completed, dropped, carried, added, "
          "removed, "
          "carried_to) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(id.value)
      .bind_copy(to_column(report->progress))
      .bind_copy(join_ids(report->completed))
      .bind_copy(join_ids(report->dropped))
      .bind_copy(join_ids(report->carried))
      .bind_copy(join_ids(report->added))
      .bind_copy(join_ids(report->removed))
      .bind(report->carried_to)
      .run();
}

}  // namespace taskman::store::sqlite
