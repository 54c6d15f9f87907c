#include "daemon/store/sqlite/project_rows.hpp"

#include <fmt/core.h>

namespace taskman::store::sqlite {
namespace {

using error::Code;
using error::Error;
using model::Project;

Project read_project(const Query& query) {
  return {.key = query.string(0),
          .name = query.string(1),
          .description = query.string(2),
          .version = query.integer(3),
          .created_at = query.instant(4),
          .updated_at = query.instant(5)};
}

}  // namespace

std::optional<Project> find_project(Connection& connection, std::string_view key) {
  Query query = connection.query(
      "SELECT key, name, description, version, created_at, updated_at FROM projects WHERE key = ?");
  query.bind(key);
  if (!query.step()) return std::nullopt;
  return read_project(query);
}

std::vector<Project> all_projects(Connection& connection) {
  std::vector<Project> projects;
  Query query = connection.query(
      "SELECT key, name, description, version, created_at, updated_at FROM projects ORDER BY key");
  while (query.step()) projects.push_back(read_project(query));
  return projects;
}

void insert_project(Connection& connection, const Project& project) {
  try {
    connection
        .query(
            "INSERT INTO projects (key, name, description, version, created_at, updated_at) "
            "VALUES (?, ?, ?, ?, ?, ?)")
        .bind(project.key)
        .bind(project.name)
        .bind(project.description)
        .bind(project.version)
        .bind(project.created_at)
        .bind(project.updated_at)
        .run();
  } catch (const StorageFailure& failure) {
    if (failure.trouble() != Trouble::kUnique) throw;
    throw Error(Code::kConflict, fmt::format("there is a project '{}' already", project.key));
  }
}

void update_project(Connection& connection, const Project& project) {
  const std::int64_t before = connection.changes();
  connection
      .query(
          "UPDATE projects SET name = ?, description = ?, version = ?, created_at = ?, "
          "updated_at = ? WHERE key = ?")
      .bind(project.name)
      .bind(project.description)
      .bind(project.version)
      .bind(project.created_at)
      .bind(project.updated_at)
      .bind(project.key)
      .run();
  if (connection.changes() == before) {
    throw Error(Code::kNotFound, fmt::format("there is no project '{}'", project.key));
  }
}

void delete_project(Connection& connection, std::string_view key) {
  try {
    connection.query("DELETE FROM projects WHERE key = ?").bind(key).run();
  } catch (const StorageFailure& failure) {
    if (failure.trouble() != Trouble::kReference) throw;
    throw Error(Code::kConflict, fmt::format("project '{}' still has tasks or sprints", key));
  }
}

}  // namespace taskman::store::sqlite
