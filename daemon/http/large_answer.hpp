#pragma once
// Answers as large as the store. They are made whole in memory, so they are made one after the
// other, in a lane of their own, and not while many of them wait to be read.

#include <string_view>

namespace taskman::http {

/// Whether the answer to `target` may be one: an export, or a list with `limit=all` or in the
/// thousands. Wrong for a limit that is written in another way, which costs memory, not truth.
bool may_be_large(std::string_view target);

}  // namespace taskman::http
