#pragma once
// Things in columns for people: aligned by display width, cut to the terminal. Pure.

#include <cstddef>
#include <string>
#include <vector>

#include "cli/render/line.hpp"

namespace taskman::render {

enum class Align { kLeft, kRight };
/// What happens to a column where the terminal is narrow.
enum class Fit { kKeep, kShrink };

struct Column {
  std::string title;
  Align align = Align::kLeft;
  Fit fit = Fit::kKeep;
};

/// Cells are escaped here. A column whose cells are all empty is left out.
struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<Span>> rows;  ///< as many cells as columns
};

/// Head and rows, each with its newline.
std::string to_text(const Table& table, std::size_t columns, Colour colour);

/// `status   todo` lines: names dim, values aligned; empty values are left out.
struct Detail {
  std::string name;
  Span value;
};
std::string to_text(const std::vector<Detail>& details, Colour colour);

}  // namespace taskman::render
