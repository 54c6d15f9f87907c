#include "cli/render/records.hpp"

#include <algorithm>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/fields.hpp"

namespace taskman::render {
namespace {

using error::Code;
using error::Error;

void check_field(const std::string& name, const Fields& known, std::string_view flag) {
  if (std::ranges::find(known, name) != known.end()) return;
  const std::vector<std::string_view> views(known.begin(), known.end());
  const auto near = util::suggest(name, views);
  throw Error(Code::kInvalidValue,
              std::string(flag) + ": unknown field '" + util::escape_for_terminal(name) + "'",
              (near ? "did you mean " + std::string(*near) + "? " : "") +
                  "known: " + util::join(known, ", "));
}

std::string value_of(std::string_view object, const std::string& field) {
  return wire::field_text(object, field).value_or("");
}

std::string part_of(std::string_view object, const std::string& path) {
  const auto dot = path.find('.');
  const std::string whole = value_of(object, path.substr(0, dot));
  return dot == std::string::npos || whole.empty() ? whole : value_of(whole, path.substr(dot + 1));
}

std::string on_one_line(std::string_view text) {
  std::string out;
  for (const char byte : text) {
    switch (byte) {
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        out += byte;
    }
  }
  return out;
}

/// A number may begin with a sign; anything else that does could be run by the program that opens
/// the file.
bool is_formula(std::string_view text) {
  return !text.empty() &&
         std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos &&
         !util::parse_integer(text);
}

std::string csv_cell(std::string_view text) {
  const std::string cell = (is_formula(text) ? "'" : "") + std::string(text);
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char byte : cell) quoted.append(byte == '"' ? 2 : 1, byte);
  return quoted + '"';
}

template <typename Text>
std::string csv_row(const Fields& fields, Text text) {
  std::string line;
  for (const auto& field : fields) {
    if (&field != &fields.front()) line += ',';
    line += csv_cell(text(field));
  }
  return line + "\r\n";
}

/// `--format json` would print `json` for every thing.
[[noreturn]] void refuse_constant(std::string_view text) {
  const bool is_flag = text == "json" || text == "csv";
  throw Error(Code::kInvalidValue,
              "--format: '" + util::escape_for_terminal(text) + "' names no field",
              is_flag ? "did you mean --" + std::string(text) + "?"
                      : "write fields in braces: --format '{id} {title}'");
}

char unescaped(char letter) {
  switch (letter) {
    case 't':
      return '\t';
    case 'n':
      return '\n';
    default:
      return letter;
  }
}

}  // namespace

Fields parse_fields(std::string_view list, const Fields& known) {
  Fields fields;
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    fields.emplace_back(util::trim(list.substr(0, comma)));
    check_field(fields.back(), known, "--fields");
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  if (fields.empty())
    throw Error(Code::kInvalidValue, "--fields names no field",
                "known: " + util::join(known, ", "));
  return fields;
}

std::string tab_line(std::string_view object, const Fields& fields) {
  std::string line;
  for (const auto& field : fields) {
    if (&field != &fields.front()) line += '\t';
    line += on_one_line(value_of(object, field));
  }
  return line + '\n';
}

std::string csv_head(const Fields& fields) {
  return csv_row(fields, [](const std::string& field) { return field; });
}

std::string csv_line(std::string_view object, const Fields& fields) {
  return csv_row(fields, [&](const std::string& field) { return value_of(object, field); });
}

Template::Template(std::string_view text, const Fields& known) {
  std::string literal;
  const auto finish = [&] {
    if (!literal.empty()) pieces_.push_back({std::exchange(literal, {}), false});
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool doubled = i + 1 < text.size() && text[i + 1] == text[i];
    if (text[i] == '\\' && i + 1 < text.size()) {
      literal += unescaped(text[++i]);
    } else if ((text[i] == '{' || text[i] == '}') && doubled) {
      literal += text[i++];
    } else if (text[i] == '{') {
      const auto end = text.find('}', i);
      if (end == std::string_view::npos)
        throw Error(Code::kInvalidValue, "--format: a brace is open", "write {{ for a brace");
      finish();
      pieces_.push_back({std::string(text.substr(i + 1, end - i - 1)), true});
      check_field(pieces_.back().text, known, "--format");
      i = end;
    } else {
      literal += text[i];
    }
  }
  finish();
  if (std::ranges::none_of(pieces_, &Piece::is_field)) refuse_constant(text);
}

std::string Template::line(std::string_view object, For reader) const {
  std::string line;
  for (const auto& piece : pieces_) {
    if (!piece.is_field) {
      line += piece.text;
      continue;
    }
    const std::string value = part_of(object, piece.text);
    line += reader == For::kTerminal ? util::escape_for_terminal(value, "\n\t") : value;
  }
  return line + '\n';
}

bool Template::names(std::string_view field) const {
  return std::ranges::any_of(
      pieces_, [&](const Piece& piece) { return piece.is_field && piece.text == field; });
}

}  // namespace taskman::render
