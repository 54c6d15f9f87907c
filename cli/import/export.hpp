#pragma once
// Our export (common/wire/import.hpp: projects, sprints, tasks, comments, a JSON object a line) in
// the formats of other programs. Pure: text in, text out.

#include <string>
#include <string_view>
#include <vector>

#include "common/util/instant.hpp"

namespace taskman::transfer {

/// The tasks as a table: a header row, then one row each; what parse_csv reads. Sprints by name. A
/// cell that a spreadsheet would take for a formula is defused.
std::string to_csv(std::string_view ndjson);

/// The tasks as `task import` takes them, comments as annotations. `store` is the store's id: with
/// it, a task that did not come from Taskwarrior gets the same uuid in every export. What
/// Taskwarrior has no attribute for becomes one that begins with `taskman_`, which it keeps.
std::string to_taskwarrior(std::string_view ndjson, std::string_view store, util::Instant now);

/// The columns of the table, in order.
std::vector<std::string_view> csv_columns();

}  // namespace taskman::transfer
