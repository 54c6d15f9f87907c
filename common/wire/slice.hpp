#pragma once
// JSON taken apart without building anything: the pieces are views into the text, byte for byte.
// For text that our own programs made (answers, the log), where a document per row would cost more
// than the rest of the work, and for files whose records have to be found. Structure is checked,
// strings are not decoded. For common/wire and the import parsers.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace taskman::wire {

using Slices = std::vector<std::string_view>;
using NamedSlices = std::vector<std::pair<std::string_view, std::string_view>>;

/// The elements of an array. Throws kMalformedRequest when `json` is none; `what` names it.
Slices slice_array(std::string_view json, std::string_view what);
/// Names (between their quotes, escapes kept) and values of an object.
NamedSlices slice_object(std::string_view json, std::string_view what);

/// The value of `name`, empty when there is none.
std::string_view slice_of(const NamedSlices& members, std::string_view name);

}  // namespace taskman::wire
