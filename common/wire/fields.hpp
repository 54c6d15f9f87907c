#pragma once
// Objects taken apart and put together by field, for generic output (--fields, --format, --csv).

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace taskman::wire {

using Members = std::vector<std::pair<std::string, std::string>>;  ///< name → JSON text

/// The object with only these fields, in this order. Throws kInvalidValue naming an unknown field
/// and the known ones.
std::string select_fields(std::string_view object, const std::vector<std::string>& names);
/// A field as people read it: strings bare, arrays joined by commas, null empty; an object, and an
/// array of them, as JSON. Absent: none.
std::optional<std::string> field_text(std::string_view object, std::string_view name);
/// A JSON value as people read it, by the same rules.
std::string value_text(std::string_view json);
/// The object's field names in order.
std::vector<std::string> field_names(std::string_view object);
/// A JSON string literal of `text`; bytes that are not UTF-8 become U+FFFD.
std::string quote(std::string_view text);
/// `{"a":…}` out of names and JSON texts, in this order.
std::string object_of(const Members& members);
/// The members of a JSON object: name and JSON text of the value, in order.
Members members_of(std::string_view object);

}  // namespace taskman::wire
