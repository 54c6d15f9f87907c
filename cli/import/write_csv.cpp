#include "cli/import/csv_table.hpp"
#include "cli/import/export.hpp"
#include "cli/import/exported.hpp"
#include "cli/import/values.hpp"
#include "common/wire/entities.hpp"

namespace taskman::transfer {

std::string to_csv(std::string_view ndjson) {
  const auto exported = read_export(ndjson);
  const auto columns = csv_columns();
  std::string out;
  put_row(out, {columns.begin(), columns.end()});
  for (const auto& task : exported.tasks) {
    const auto members = wire::members_of(wire::encode(task));
    std::vector<std::string> cells;
    for (const auto column : columns) {
      cells.push_back(column == "sprint" ? exported.sprint_of(task)
                                         : wire::value_text(member(members, column)));
    }
    put_row(out, cells);
  }
  return out;
}

}  // namespace taskman::transfer
