#pragma once
// The operators of other query languages. Taken for words of a title they would find nothing, and
// nobody would be told why.

#include <string_view>

namespace taskman::filter {

/// `word`: bare text between blanks, quotes and parentheses. Throws Error kInvalidValue that shows
/// our way to say it: `!x`, `not`, `-field:x`, `field!=x`, `|`, `||`, `&`, `&&`; and of `@me`,
/// which is nobody's title.
void refuse_foreign(std::string_view word);

}  // namespace taskman::filter
