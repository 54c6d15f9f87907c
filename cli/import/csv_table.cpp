#include "cli/import/csv_table.hpp"

#include <algorithm>

#include "common/error/error.hpp"

namespace taskman::transfer {
namespace {

constexpr std::string_view kFormulaStarts = "=+-@\t\r";

/// Begins, behind any apostrophes, like a formula.
bool looks_like_formula(std::string_view text) {
  const auto start = text.find_first_not_of('\'');
  return start != text.npos && kFormulaStarts.find(text[start]) != kFormulaStarts.npos;
}

/// Reads one file from the left. Owned by one call.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text), separator_(separator_of(text)) {}

  bool at_end() const { return at_ >= text_.size(); }

  CsvRow row() {
    CsvRow row{.line = line_};
    do {
      row.cells.push_back(cell());
    } while (accept(separator_));
    accept('\r');
    if (accept('\n')) ++line_;
    return row;
  }

 private:
  static char separator_of(std::string_view text) {
    const auto header = text.substr(0, text.find('\n'));
    const auto found = header.find_first_of(",;\t");
    return found == header.npos ? ',' : header[found];
  }

  bool accept(char wanted) {
    if (at_end() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  std::string cell() { return accept('"') ? quoted() : plain(); }

  std::string plain() {
    const char ends[] = {separator_, '\n', '\0'};
    const auto end = std::min(text_.find_first_of(ends, at_), text_.size());
    auto cell = text_.substr(at_, end - at_);
    at_ = end;
    if (cell.ends_with('\r')) cell.remove_suffix(1);
    return std::string(cell);
  }

  std::string quoted() {
    const auto opened = line_;
    std::string cell;
    while (true) {
      const auto end = text_.find('"', at_);
      if (end == text_.npos) {
        throw error::Error(error::Code::kMalformedRequest,
                           "line " + std::to_string(opened) + ": a quote is not closed");
      }
      const auto part = text_.substr(at_, end - at_);
      line_ += std::ranges::count(part, '\n');
      cell += part;
      at_ = end + 1;
      if (!accept('"')) break;
      cell += '"';
    }
    // What follows a closing quote belongs to no cell by the standard; keeping it loses nothing.
    return cell += plain();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
  char separator_;
};

}  // namespace

std::vector<CsvRow> parse_table(std::string_view text) {
  std::vector<CsvRow> rows;
  Reader reader(text);
  while (!reader.at_end()) {
    auto row = reader.row();
    if (row.cells.size() > 1 || !row.cells.front().empty()) rows.push_back(std::move(row));
  }
  return rows;
}

void put_row(std::string& out, const std::vector<std::string>& cells) {
  bool first = true;
  for (const auto& text : cells) {
    if (!first) out += ',';
    first = false;
    const auto cell = looks_like_formula(text) ? '\'' + text : text;
    if (cell.find_first_of(",;\t\"\r\n") == cell.npos) {
      out += cell;
      continue;
    }
    out += '"';
    for (const char byte : cell) (out += byte == '"' ? "\"" : "") += byte;
    out += '"';
  }
  out += "\r\n";
}

std::string without_guard(std::string cell) {
  if (cell.starts_with('\'') && looks_like_formula(cell)) cell.erase(0, 1);
  return cell;
}

}  // namespace taskman::transfer
