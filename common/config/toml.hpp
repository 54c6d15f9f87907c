#pragma once
// The part of TOML a settings file needs: comments, [sections], `key = "text" | 'text' | 12 |
// true`, `section.key` before the first section, a byte order mark. Everything else is refused by
// line. Pure; thread-safe.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace taskman::config {

struct TomlEntry {
  enum class Kind { kString, kInteger, kBoolean };
  std::string key;      ///< with its section: `daemon.log_level`
  std::string section;  ///< the one it stands in: `daemon.`; none when it is written dotted
  Kind kind = Kind::kString;
  std::string text;  ///< the string's content; `12`; `true`
  int line = 0;
  std::size_t begin = 0;  ///< of the value as written, within the text
  std::size_t end = 0;
};

/// In the order of the file; a key is there once. Throws kInvalidValue, `<file>:<line>: <what is
/// wrong>`.
std::vector<TomlEntry> parse_toml(std::string_view text, std::string_view file);

/// The byte order mark that editors of Windows put before a text; empty without one.
std::string_view mark_of(std::string_view text);

/// `"text"` with what needs it escaped.
std::string toml_string(std::string_view text);

}  // namespace taskman::config
