#pragma once
// Things for programs: tab-separated, CSV, a template per thing. A thing is a JSON object as text.
// Pure.

#include <string>
#include <string_view>
#include <vector>

namespace taskman::render {

using Fields = std::vector<std::string>;

/// `a,b` into names; kInvalidValue unless each is one of `known`.
Fields parse_fields(std::string_view list, const Fields& known);

/// One line: the values with a tab between. A tab, newline or carriage return in a value is written
/// `\t`, `\n`,
/// `\r`, so that a line stays a line.
std::string tab_line(std::string_view object, const Fields& fields);

/// RFC 4180, ended by CR LF. Cells a spreadsheet would take for a formula begin with `'`.
std::string csv_head(const Fields& fields);
std::string csv_line(std::string_view object, const Fields& fields);

/// What --format asks for.
class Template {
 public:
  /// `{field}` stands for a value, `{field.member}` for one in it, empty when it is not there, `{{`
  /// for a brace, `\t`, `\n`, `\\` for what they mean everywhere. Throws kInvalidValue for an
  /// unknown field, an open brace, and without a field.
  Template(std::string_view text, const Fields& known);

  enum class For { kProgram, kTerminal };
  /// Ended by a newline. For a terminal values are escaped.
  std::string line(std::string_view object, For reader) const;
  /// Whether the field is in the line.
  bool names(std::string_view field) const;

 private:
  struct Piece {
    std::string text;
    bool is_field;
  };
  std::vector<Piece> pieces_;
};

}  // namespace taskman::render
