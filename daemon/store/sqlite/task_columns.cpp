#include "daemon/store/sqlite/task_columns.hpp"

#include <array>
#include <utility>
#include <vector>

#include "daemon/store/sqlite/numbers.hpp"

namespace taskman::store::sqlite {
namespace {

using model::Task;

void write_value(Query& query, const std::string& text) { query.bind(text); }
void write_value(Query& query, std::int64_t number) { query.bind(number); }
void write_value(Query& query, util::Instant instant) { query.bind(instant); }
void write_value(Query& query, model::Status status) {
  query.bind(static_cast<std::int64_t>(status));
}
void write_value(Query& query, model::Priority value) {
  query.bind(static_cast<std::int64_t>(value));
}
void write_value(Query& query, model::SprintId id) { query.bind(id.value); }
void write_value(Query& query, model::TaskId id) { query.bind(id.value); }
void write_value(Query& query, const std::vector<model::TaskId>& ids) {
  query.bind_copy(join_ids(ids));
}
void write_value(Query& query, const std::vector<std::string>& labels) {
  std::string lines;
  for (const std::string& label : labels) lines += label + '\n';
  query.bind_copy(lines);
}
template <typename Value>
void write_value(Query& query, const std::optional<Value>& value) {
  if (value) {
    write_value(query, *value);
  } else {
    query.bind_null();
  }
}

void read_value(const Query& query, int column, std::string& text) { text = query.text(column); }
void read_value(const Query& query, int column, std::int64_t& number) {
  number = query.integer(column);
}
void read_value(const Query& query, int column, util::Instant& at) { at = query.instant(column); }
void read_value(const Query& query, int column, model::Status& status) {
  status = static_cast<model::Status>(query.integer(column));
}
void read_value(const Query& query, int column, model::Priority& priority) {
  priority = static_cast<model::Priority>(query.integer(column));
}
void read_value(const Query& query, int column, model::SprintId& id) {
  id.value = query.integer(column);
}
void read_value(const Query& query, int column, model::TaskId& id) {
  id.value = query.integer(column);
}
void read_value(const Query& query, int column, std::vector<model::TaskId>& ids) {
  const std::string_view text = query.text(column);
  ids = text.empty() ? std::vector<model::TaskId>() : split_ids<model::TaskId>(text);
}
void read_value(const Query& query, int column, std::vector<std::string>& labels) {
  std::string_view lines = query.text(column);
  for (auto end = lines.find('\n'); end != std::string_view::npos; end = lines.find('\n')) {
    labels.emplace_back(lines.substr(0, end));
    lines.remove_prefix(end + 1);
  }
}
template <typename Value>
void read_value(const Query& query, int column, std::optional<Value>& value) {
  if (!query.is_null(column)) read_value(query, column, value.emplace());
}

template <auto Member>
constexpr TaskColumn column(std::string_view name) {
  return {
      .name = name,
      .write = [](Query& query, const Task& task) { write_value(query, task.*Member); },
      .read = [](const Query& query, int at, Task& task) { read_value(query, at, task.*Member); },
      .differs = [](const Task& a, const Task& b) { return a.*Member != b.*Member; }};
}

/// A lease is one value in three columns. Holder and end are null together; a token may be null
/// beside them.
template <auto Member>
constexpr TaskColumn lease_column(std::string_view name) {
  return {.name = name,
          .write =
              [](Query& query, const Task& task) {
                if (task.lease) {
                  write_value(query, (*task.lease).*Member);
                } else {
                  query.bind_null();
                }
              },
          .read =
              [](const Query& query, int at, Task& task) {
                if (query.is_null(at)) return;
                if (!task.lease) task.lease.emplace();
                read_value(query, at, (*task.lease).*Member);
              },
          .differs = [](const Task& a, const Task& b) { return a.lease != b.lease; }};
}

/// Repeats what the status says.
constexpr TaskColumn kOpenColumn{
    .name = "open",
    .write = [](Query& query,
                const Task& task) { query.bind(std::int64_t{model::is_open(task.status)}); },
    .read = [](const Query&, int, Task&) {},
    .differs = [](const Task& a,
                  const Task& b) { return model::is_open(a.status) != model::is_open(b.status); }};

constexpr std::array kColumns{
    column<&Task::title>("title"),
    column<&Task::status>("status"),
    kOpenColumn,
    column<&Task::priority>("priority"),
    column<&Task::project>("project"),
    column<&Task::sprint>("sprint"),
    column<&Task::parent>("parent"),
    column<&Task::assignee>("assignee"),
    column<&Task::labels>("labels"),
    column<&Task::points>("points"),
    column<&Task::due>("due"),
    column<&Task::blocked_by>("blocked_by"),
    column<&Task::blocked_reason>("blocked_reason"),
    column<&Task::external_id>("external_id"),
    lease_column<&model::Lease::holder>("lease_holder"),
    lease_column<&model::Lease::until>("lease_until"),
    lease_column<&model::Lease::token>("lease_token"),
    column<&Task::version>("version"),
    column<&Task::created_at>("created_at"),
    column<&Task::updated_at>("updated_at"),
    column<&Task::started_at>("started_at"),
    column<&Task::closed_at>("closed_at"),
    column<&Task::body>("body"),
};
static_assert(kColumns.size() <= 32, "a set of columns is 32 bits");

constexpr int kFixedColumns = 2;  // id and open_blockers come first

}  // namespace

std::span<const TaskColumn> task_columns() { return kColumns; }

const std::string& task_select() {
  static const std::string kSelect = [] {
    std::string names = "id, open_blockers";
    for (const TaskColumn& column : kColumns) names.append(", ").append(column.name);
    return names;
  }();
  return kSelect;
}

TaskRow read_task(const Query& query) {
  TaskRow row;
  row.task.id.value = query.integer(0);
  row.open_blockers = query.integer(1);
  for (std::size_t i = 0; i < kColumns.size(); ++i) {
    kColumns[i].read(query, static_cast<int>(i) + kFixedColumns, row.task);
  }
  row.task.ready = is_ready(row);
  return row;
}

bool is_ready(const TaskRow& row) {
  const model::Status status = row.task.status;
  return model::is_open(status) && status != model::Status::kBlocked && row.open_blockers == 0;
}

}  // namespace taskman::store::sqlite
