#pragma once
// Foreign values made to fit our rules. What does not fit as it is goes, unchanged, into Notes.

#include <cstddef>
#include <string>
#include <string_view>

#include "common/wire/fields.hpp"

namespace taskman::transfer {

/// One line of at most `limit` characters: control characters shown as escapes, blanks at the ends
/// gone, cut with `…`.
std::string clean_line(std::string_view text, std::size_t limit);

/// Lines without control characters.
std::string clean_text(std::string_view text);

/// A label or a person: clean_line without blanks and commas.
std::string clean_word(std::string_view text);

/// A project's key: letters, digits, `.`, `_`, `-`; different names may give the same key.
std::string clean_key(std::string_view name);

/// Characters beyond U+FFFF that were written as two halves of three bytes each (CESU-8) as UTF-8.
std::string joined_surrogates(std::string_view text);

/// What has no home among our fields: kept at the end of the body, in a fenced block, a line
/// `name: <JSON>` each, from which an export can put it back. One per task.
class Notes {
 public:
  explicit Notes(std::string_view program) : program_(program) {}

  void add(std::string_view name, std::string_view json);
  bool empty() const { return members_.empty(); }

  /// `body` with the block below it; `body` itself when there are no notes.
  std::string below(std::string body) const;

 private:
  std::string program_;
  wire::Members members_;
};

/// A body taken apart again: what stood above the block, and the notes.
struct NotedBody {
  std::string body;
  wire::Members notes;
};
NotedBody read_notes(std::string_view program, std::string_view body);

}  // namespace taskman::transfer
