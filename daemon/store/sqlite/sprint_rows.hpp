#pragma once
// Sprints with their frozen scope and report, and their progress.

#include <optional>
#include <vector>

#include "common/model/sprint.hpp"
#include "daemon/store/sqlite/connection.hpp"

namespace taskman::store::sqlite {

std::optional<model::Sprint> find_sprint(Connection& connection, model::SprintId id);
/// By start (none last), then id.
std::vector<model::Sprint> all_sprints(Connection& connection);
model::SprintId insert_sprint(Connection& connection, const model::Sprint& sprint);
void update_sprint(Connection& connection, const model::Sprint& sprint);
/// Throws kConflict while tasks are in it.
void delete_sprint(Connection& connection, model::SprintId id);

/// All zero when none was saved.
model::Progress progress_of(Connection& connection, model::SprintId id);
void save_progress(Connection& connection, model::SprintId id, const model::Progress& progress);

}  // namespace taskman::store::sqlite
