#include "cli/app/layout.hpp"

#include <algorithm>

#include "common/util/text.hpp"

namespace taskman::app {
namespace {

constexpr std::size_t kWidth = 100;
constexpr std::size_t kMaxLeft = 30;

}  // namespace

std::string wrapped(std::string_view text, std::size_t indent) {
  std::string out;
  std::size_t column = indent;
  while (!text.empty()) {
    const auto word = text.substr(0, text.find_first_of(" \n"));
    const auto width = util::display_width(word);
    if (column > indent && column + 1 + width > kWidth) {
      out.append("\n").append(indent, ' ');
      column = indent;
    } else if (column > indent) {
      out += ' ';
      ++column;
    }
    out += word;
    column += width;
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return out;
}

std::string table(std::string_view title, const Rows& rows) {
  if (rows.empty()) return {};
  std::size_t left = 0;
  for (const auto& row : rows) {
    const auto width = util::display_width(row.first);
    if (width <= kMaxLeft) left = std::max(left, width);
  }
  std::string out = "\n" + std::string(title) + "\n";
  for (const auto& [name, says] : rows) {
    const auto width = util::display_width(name);
    out.append("  ").append(name);
    if (width > left) out += '\n';
    out.append(width > left ? left + 4 : left + 2 - width, ' ')
        .append(wrapped(says, left + 4))
        .append("\n");
  }
  return out;
}

std::string flag_text(const cli::Flag& flag) {
  std::string text = flag.letter != 0 ? std::string("-") + flag.letter + ", " : std::string("    ");
  text.append("--").append(flag.name);
  if (flag.value.starts_with('['))
    return text.append("[=").append(flag.value.substr(1));  // `--poll[=SECONDS]`
  if (!flag.value.empty()) text.append(" ").append(flag.value);
  return text;
}

}  // namespace taskman::app
