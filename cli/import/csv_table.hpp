#pragma once
// Comma-separated values by RFC 4180: quotes, doubled quotes, line ends within quotes, CRLF or LF.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace taskman::transfer {

struct CsvRow {
  std::int64_t line = 0;  ///< where it begins, from 1
  std::vector<std::string> cells;
};

/// Empty lines are left out. The separator is the first row's: a comma, a semicolon or a tab.
/// Throws kMalformedRequest for a quote that is not closed.
std::vector<CsvRow> parse_table(std::string_view text);

/// One row with its line end. A cell that a spreadsheet would take for a formula begins with `'`.
void put_row(std::string& out, const std::vector<std::string>& cells);

/// Takes that `'` away again.
std::string without_guard(std::string cell);

}  // namespace taskman::transfer
