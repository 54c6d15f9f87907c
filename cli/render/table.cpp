#include "cli/render/table.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "common/util/text.hpp"

namespace taskman::render {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kNarrowest = 12;  // of a column that shrinks
constexpr auto kNoLimit = std::numeric_limits<std::size_t>::max();

using Widths = std::vector<std::size_t>;

std::string safe(const std::string& text) { return util::escape_for_terminal(text); }

Table without_empty_columns(const Table& table) {
  Table kept;
  kept.rows.resize(table.rows.size());
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const bool empty =
        std::ranges::all_of(table.rows, [&](const auto& row) { return row[i].text.empty(); });
    if (empty) continue;
    kept.columns.push_back(table.columns[i]);
    for (std::size_t row = 0; row < table.rows.size(); ++row)
      kept.rows[row].push_back(table.rows[row][i]);
  }
  return kept;
}

Widths widths_of(const Table& table) {
  Widths widths;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    std::size_t width = util::display_width(table.columns[i].title);
    for (const auto& row : table.rows) width = std::max(width, util::display_width(row[i].text));
    widths.push_back(width);
  }
  return widths;
}

std::size_t total_of(const Widths& widths) {
  const std::size_t gaps = widths.empty() ? 0 : kGap * (widths.size() - 1);
  return std::accumulate(widths.begin(), widths.end(), gaps);
}

/// Takes from the widest of the columns that may shrink until the rows fit or nothing is left to
/// take.
void shrink(Widths& widths, const Table& table, std::size_t columns) {
  std::size_t total = total_of(widths);
  while (total > columns) {
    std::size_t widest = table.columns.size();
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (table.columns[i].fit != Fit::kShrink || widths[i] <= kNarrowest) continue;
      if (widest == table.columns.size() || widths[i] > widths[widest]) widest = i;
    }
    if (widest == table.columns.size()) return;
    --widths[widest];
    --total;
  }
}

Line padded(const std::vector<Span>& cells, const Table& table, const Widths& widths) {
  Line line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string text = util::fit(cells[i].text, widths[i]);
    const std::string space(widths[i] - std::min(widths[i], util::display_width(text)), ' ');
    const bool last = i + 1 == cells.size();
    const bool right = table.columns[i].align == Align::kRight;
    if (right) line.push_back({space});
    line.push_back({text, cells[i].tone});
    if (!last) line.push_back({(right ? "" : space) + std::string(kGap, ' ')});
  }
  const auto is_blank = [](const Span& span) {
    return span.text.find_first_not_of(' ') == std::string::npos;
  };
  while (!line.empty() && is_blank(line.back())) line.pop_back();
  return line;
}

}  // namespace

std::string to_text(const Table& given, std::size_t columns, Colour colour) {
  Table table = without_empty_columns(given);
  for (auto& row : table.rows) {
    for (auto& cell : row) cell.text = safe(cell.text);
  }
  Widths widths = widths_of(table);
  shrink(widths, table, columns);
  // The terminal wraps what is still too wide: cut off, whole columns would be missing.
  if (total_of(widths) > columns) columns = kNoLimit;
  std::vector<Span> head;
  for (const auto& column : table.columns) head.push_back({column.title, Tone::kDim});
  std::string text = paint(padded(head, table, widths), columns, colour) + "\n";
  for (const auto& row : table.rows)
    text += paint(padded(row, table, widths), columns, colour) + "\n";
  return text;
}

std::string to_text(const std::vector<Detail>& details, Colour colour) {
  std::size_t width = 0;
  for (const auto& each : details) {
    if (!each.value.text.empty()) width = std::max(width, util::display_width(each.name));
  }
  std::string text;
  for (const auto& [name, value] : details) {
    if (value.text.empty()) continue;
    const std::string space(width - util::display_width(name) + kGap, ' ');
    text += paint({{name, Tone::kDim}, {space}, value}, kNoLimit, colour) + "\n";
  }
  return text;
}

}  // namespace taskman::render
