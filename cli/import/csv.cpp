// A table whose first row names our fields, in any order. An empty cell is a field that is not
// given.

#include <algorithm>
#include <array>

#include "cli/import/clean.hpp"
#include "cli/import/csv_table.hpp"
#include "cli/import/export.hpp"
#include "cli/import/format.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/envelope.hpp"

namespace taskman::transfer {
namespace {

using error::Code;
using error::Error;

/// How a cell becomes JSON.
enum class Kind { kText, kNumber, kNumberOrText, kTexts, kNumbersOrTexts };

struct ColumnKind {
  std::string_view name;
  Kind kind;
};

constexpr std::array kColumns{
    ColumnKind{"id", Kind::kNumber},
    ColumnKind{"title", Kind::kText},
    ColumnKind{"body", Kind::kText},
    ColumnKind{"status", Kind::kText},
    ColumnKind{"priority", Kind::kText},
    ColumnKind{"project", Kind::kText},
    ColumnKind{"sprint", Kind::kNumberOrText},
    ColumnKind{"parent", Kind::kNumberOrText},
    ColumnKind{"assignee", Kind::kText},
    ColumnKind{"labels", Kind::kTexts},
    ColumnKind{"points", Kind::kNumber},
    ColumnKind{"due", Kind::kText},
    ColumnKind{"blocked_by", Kind::kNumbersOrTexts},
    ColumnKind{"blocked_reason", Kind::kText},
    ColumnKind{"external_id", Kind::kText},
    ColumnKind{"version", Kind::kNumber},
    ColumnKind{"created_at", Kind::kText},
    ColumnKind{"updated_at", Kind::kText},
    ColumnKind{"started_at", Kind::kText},
    ColumnKind{"closed_at", Kind::kText},
};

std::string number_or_text(std::string_view text) {
  const auto number = util::parse_integer(text);
  return number ? std::to_string(*number) : wire::quote(text);
}

std::string array_from(std::string_view cell, std::string (*element)(std::string_view)) {
  std::vector<std::string> items;
  while (!cell.empty()) {
    const auto end = std::min(cell.find_first_of(",;"), cell.size());
    const auto item = util::trim(cell.substr(0, end));
    if (!item.empty()) items.push_back(element(item));
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
  return wire::array_of(items);
}

std::string to_json(Kind kind, const std::string& cell) {
  switch (kind) {
    case Kind::kText:
      return wire::quote(cell);
    case Kind::kNumber:
    case Kind::kNumberOrText:
      return number_or_text(util::trim(cell));
    case Kind::kTexts:
      return array_from(cell, wire::quote);
    case Kind::kNumbersOrTexts:
      return array_from(cell, number_or_text);
  }
  return "null";
}

const ColumnKind& column_of(const std::string& header) {
  const auto name = util::to_lower(util::trim(header));
  const auto found = std::ranges::find(kColumns, name, &ColumnKind::name);
  if (found != kColumns.end()) return *found;
  std::vector<std::string_view> known;
  std::string hint = "known columns:";
  for (const auto& column : kColumns) {
    known.push_back(column.name);
    ((hint += ' ') += column.name) += ',';
  }
  hint.pop_back();
  if (const auto near = util::suggest(name, known))
    hint = "did you mean " + std::string(*near) + "? " + hint;
  throw Error(Code::kInvalidValue,
              "line 1: unknown column '" + util::escape_for_terminal(header) + '\'', hint,
              {{"1", "unknown column '" + header + '\''}});
}

std::vector<ColumnKind> read_header(const CsvRow& row) {
  std::vector<ColumnKind> columns;
  for (const auto& header : row.cells) columns.push_back(column_of(header));
  if (std::ranges::find(columns, "title", &ColumnKind::name) == columns.end()) {
    throw Error(Code::kInvalidValue, "line 1: there is no column 'title'",
                "the first row names the columns", {{"1", "there is no column 'title'"}});
  }
  return columns;
}

wire::ImportRecord read_row(const std::vector<ColumnKind>& columns, const CsvRow& row) {
  if (row.cells.size() > columns.size()) {
    throw Error(Code::kInvalidValue, "row has " + std::to_string(row.cells.size()) +
                                         " cells, the header " + std::to_string(columns.size()));
  }
  wire::Members members;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    if (!util::is_utf8(row.cells[i])) {
      throw Error(Code::kInvalidValue, std::string(columns[i].name) + ": is not valid UTF-8");
    }
    const auto cell = without_guard(row.cells[i]);
    if (!cell.empty()) members.emplace_back(columns[i].name, to_json(columns[i].kind, cell));
  }
  return wire::decode_import_record(wire::object_of(members));
}

}  // namespace

std::vector<std::string_view> csv_columns() {
  std::vector<std::string_view> names;
  for (const auto& column : kColumns) names.push_back(column.name);
  return names;
}

void parse_csv(std::string_view text, const Context&, Findings& findings) {
  const auto rows = parse_table(text);
  if (rows.empty()) return;
  const auto columns = read_header(rows.front());
  for (std::size_t i = 1; i < rows.size(); ++i) {
    findings.attempt(rows[i].line, [&] { findings.add(rows[i].line, read_row(columns, rows[i])); });
  }
}

}  // namespace taskman::transfer
