#pragma once
// What a sprint froze: the scope at its start, the report at its close, progress as a column.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/model/sprint.hpp"
#include "daemon/store/sqlite/connection.hpp"

namespace taskman::store::sqlite {

std::string to_column(const model::Progress& progress);
model::Progress progress_from_column(std::string_view text);

std::vector<model::ScopeItem> scope_of(Connection& connection, model::SprintId id);
std::optional<model::SprintReport> report_of(Connection& connection, model::SprintId id);

/// Replaces what was there.
void write_scope(Connection& connection, model::SprintId id,
                 const std::vector<model::ScopeItem>& scope);
void write_report(Connection& connection, model::SprintId id,
                  const std::optional<model::SprintReport>& report);

}  // namespace taskman::store::sqlite
