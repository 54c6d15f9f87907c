#include "daemon/store/sqlite/sort_sql.hpp"

#include <algorithm>
#include <limits>

namespace taskman::store::sqlite {
namespace {

using model::Task;

KeyValue number(std::int64_t value) { return value; }
KeyValue number(util::Instant value) { return std::int64_t{value.time_since_epoch().count()}; }

KeyValue id_of(const Task& task) { return task.id.value; }
KeyValue priority_of(const Task& task) { return static_cast<std::int64_t>(task.priority); }
KeyValue status_of(const Task& task) { return static_cast<std::int64_t>(task.status); }
KeyValue created_of(const Task& task) { return number(task.created_at); }
KeyValue updated_of(const Task& task) { return number(task.updated_at); }
KeyValue title_of(const Task& task) { return task.title; }
KeyValue no_due_of(const Task& task) { return std::int64_t{task.due ? 0 : 1}; }
KeyValue due_order_of(const Task& task) {
  return task.due ? number(*task.due) : number(std::numeric_limits<std::int64_t>::max());
}
KeyValue no_points_of(const Task& task) { return std::int64_t{task.points ? 0 : 1}; }
KeyValue points_of(const Task& task) { return task.points ? number(*task.points) : KeyValue(); }

/// Empty fields come last in either direction: a column that is never null does it where an index
/// holds it, else a term of its own.
void add_terms(std::vector<OrderTerm>& terms, const Sort& sort) {
  const Direction direction = sort.direction;
  const auto add = [&](std::string_view sql, KeyValue (*value)(const Task&)) {
    terms.push_back({.sql = sql, .direction = direction, .value = value});
  };
  switch (sort.key) {
    case SortKey::kId:
      return add("id", id_of);
    case SortKey::kPriority:
      return add("priority", priority_of);
    case SortKey::kCreated:
      return add("created_at", created_of);
    case SortKey::kUpdated:
      return add("updated_at", updated_of);
    case SortKey::kStatus:
      return add("status", status_of);
    case SortKey::kTitle:
      return add("title COLLATE NOCASE", title_of);
    case SortKey::kPoints:
      terms.push_back({.sql = "(points IS NULL)", .value = no_points_of});
      terms.push_back(
          {.sql = "points", .direction = direction, .value = points_of, .nullable = true});
      return;
    case SortKey::kDue:
      if (direction == Direction::kAscending) return add("due_order", due_order_of);
      // The test repeats what the column holds where there is no date, so an index can answer it.
      terms.push_back({.sql = "(due_order = 9223372036854775807)", .value = no_due_of});
      return add("due_order", due_order_of);
  }
}

/// A row value is what an index can seek to.
bool fit_row_value(const std::vector<OrderTerm>& terms) {
  return std::ranges::all_of(terms, [&](const OrderTerm& term) {
    return term.direction == terms.front().direction && !term.nullable;
  });
}

void bind_value(Query& query, const KeyValue& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    query.bind(*integer);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    query.bind(*text);
  } else {
    query.bind_null();
  }
}

}  // namespace

std::vector<OrderTerm> order_terms(const std::vector<Sort>& sort) {
  static const std::vector<Sort> kDefault{{.key = SortKey::kPriority}, {.key = SortKey::kDue}};
  std::vector<OrderTerm> terms;
  const std::vector<Sort>& keys = sort.empty() ? kDefault : sort;
  for (const Sort& key : keys) {
    add_terms(terms, key);
    if (key.key == SortKey::kId) return terms;
  }
  // In the last key's direction: so an index can be read backwards to its end.
  add_terms(terms, {.key = SortKey::kId, .direction = keys.back().direction});
  return terms;
}

std::string_view index_of(const std::vector<OrderTerm>& terms, std::string_view where) {
  const std::string_view first = terms.front().sql;
  if (first == "priority") return where == kEveryTask ? "INDEXED BY tasks_in_order" : "";
  if (const auto index = index_of(terms.front()); !index.empty()) return index;
  // By id, or by what no index holds: the table itself is read faster in its own order.
  return first == "status" ? "" : "NOT INDEXED";
}

std::string_view index_of(const OrderTerm& term) {
  if (term.sql == "created_at") return "INDEXED BY tasks_by_creation";
  if (term.sql == "updated_at") return "INDEXED BY tasks_by_update";
  if (term.sql == "due_order") return "INDEXED BY tasks_by_due";
  return "";
}

std::string order_by(const std::vector<OrderTerm>& terms) {
  std::string sql;
  for (const OrderTerm& term : terms) {
    if (!sql.empty()) sql += ", ";
    sql += term.sql;
    if (term.direction == Direction::kDescending) sql += " DESC";
  }
  return sql;
}

std::string behind(const std::vector<OrderTerm>& terms) {
  if (fit_row_value(terms)) {
    std::string names;
    std::string marks;
    for (const OrderTerm& term : terms) {
      names.append(names.empty() ? "" : ", ").append(term.sql);
      marks += marks.empty() ? "?" : ", ?";
    }
    const bool rises = terms.front().direction == Direction::kAscending;
    return "(" + names + (rises ? ") > (" : ") < (") + marks + ")";
  }
  std::string sql;
  std::string same;
  for (const OrderTerm& term : terms) {
    const std::string_view sign = term.direction == Direction::kAscending ? " > ?" : " < ?";
    sql.append(sql.empty() ? "(" : " OR (").append(same).append(term.sql).append(sign).append(")");
    same.append(term.sql).append(" IS ? AND ");
  }
  return "(" + sql + ")";
}

void bind_behind(Query& query, const std::vector<OrderTerm>& terms,
                 const std::vector<KeyValue>& values) {
  if (fit_row_value(terms)) {
    for (const KeyValue& value : values) bind_value(query, value);
    return;
  }
  for (std::size_t term = 0; term < values.size(); ++term) {
    for (std::size_t i = 0; i <= term; ++i) bind_value(query, values[i]);
  }
}

}  // namespace taskman::store::sqlite
