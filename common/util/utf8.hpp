#pragma once
// Reading UTF-8 one code point at a time, without trusting it.

#include <cstddef>
#include <string_view>

namespace taskman::util {

/// One step over a text: a code point, or one byte that is not part of valid UTF-8.
struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 1;
  bool valid = false;
};

/// The code point at `position`, which is less than the text's size. RFC 3629.
CodePoint decode(std::string_view text, std::size_t position);

/// C0 (also newline and tab), DEL, C1, and the bidi embeddings, overrides and isolates: what can
/// make a terminal or a reader show something else than what is written.
bool is_control(char32_t code);

/// Takes up room and shows nothing: Unicode's White_Space and what fills a cell without ink.
bool is_space(char32_t code);

/// Columns of one code point: 0, 1 or 2.
int columns_of(char32_t code);

}  // namespace taskman::util
