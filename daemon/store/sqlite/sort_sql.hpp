#pragma once
// A total order as SQL, and the place in it where the next page starts.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/model/task.hpp"
#include "daemon/store/sqlite/statement.hpp"
#include "daemon/store/store.hpp"

namespace taskman::store::sqlite {

/// What a task has in one place of the order.
using KeyValue = std::variant<std::monostate, std::int64_t, std::string>;

/// One expression of ORDER BY.
struct OrderTerm {
  std::string_view sql;
  Direction direction = Direction::kAscending;
  KeyValue (*value)(const model::Task& task) = nullptr;
  bool nullable = false;
};

/// The terms for `sort`, then `id` in the last one's direction; empty: priority, due, id.
std::vector<OrderTerm> order_terms(const std::vector<Sort>& sort);

/// What is true of every task, as the index over all of them says it.
inline constexpr std::string_view kEveryTask = "id > 0";

/// The clause after FROM tasks with which most tasks are soonest found in this order.
std::string_view index_of(const std::vector<OrderTerm>& terms, std::string_view where);
/// The clause for an index that holds all tasks in the order of `term`; empty when there is none.
std::string_view index_of(const OrderTerm& term);

/// `priority, due_order, id`.
std::string order_by(const std::vector<OrderTerm>& terms);

/// An expression that is true behind the task with `values`, parameters in it as `?`; and their
/// binding.
std::string behind(const std::vector<OrderTerm>& terms);
void bind_behind(Query& query, const std::vector<OrderTerm>& terms,
                 const std::vector<KeyValue>& values);

/// The opaque `next`: `digest` of the query and the last task's values. URL-safe.
std::string to_page_token(std::uint64_t digest, const std::vector<OrderTerm>& terms,
                          const model::Task& last);
/// Throws kInvalidValue when `token` is not of this query.
std::vector<KeyValue> parse_page_token(std::string_view token, std::uint64_t digest,
                                       std::size_t count);

}  // namespace taskman::store::sqlite
