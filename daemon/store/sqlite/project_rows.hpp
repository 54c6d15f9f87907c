#pragma once
// Projects.

#include <optional>
#include <string_view>
#include <vector>

#include "common/model/sprint.hpp"
#include "daemon/store/sqlite/connection.hpp"

namespace taskman::store::sqlite {

std::optional<model::Project> find_project(Connection& connection, std::string_view key);
/// By key.
std::vector<model::Project> all_projects(Connection& connection);
/// Throws kConflict when the key is taken.
void insert_project(Connection& connection, const model::Project& project);
void update_project(Connection& connection, const model::Project& project);
/// Throws kConflict while tasks or sprints are in it.
void delete_project(Connection& connection, std::string_view key);

}  // namespace taskman::store::sqlite
