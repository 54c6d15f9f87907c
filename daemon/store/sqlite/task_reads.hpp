#pragma once
// Reads about tasks, their edges and their comments, inside the connection's transaction.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/model/task.hpp"
#include "daemon/store/sqlite/connection.hpp"
#include "daemon/store/sqlite/task_columns.hpp"

namespace taskman::store::sqlite {

std::optional<TaskRow> find_task_row(Connection& connection, model::TaskId id);
std::optional<model::Task> find_task_by_external_id(Connection& connection,
                                                    std::string_view external_id);
std::vector<model::TaskId> dependents_of(Connection& connection, model::TaskId id);
std::vector<model::TaskId> blockers_of(Connection& connection, model::TaskId id);
std::vector<model::TaskId> children_of(Connection& connection, model::TaskId id);
std::optional<util::Instant> next_lease_end(Connection& connection);
std::vector<model::TaskId> leases_ended(Connection& connection, util::Instant instant);
bool was_task_deleted(Connection& connection, model::TaskId id);
std::vector<model::Comment> comments_of(Connection& connection, model::TaskId id);

using Counts = std::vector<std::pair<std::string, std::int64_t>>;
Counts count_labels(Connection& connection);
Counts count_assignees(Connection& connection);

}  // namespace taskman::store::sqlite
