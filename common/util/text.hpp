#pragma once
// Byte and character helpers. UTF-8 throughout. Thread-safe, constant.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace taskman::util {

/// Valid UTF-8 by RFC 3629 (no surrogates, no overlong forms).
bool is_utf8(std::string_view text);

/// Code points of valid UTF-8.
std::size_t count_characters(std::string_view text);

/// The first control character (C0 but those in `allowed`, DEL, C1, bidi controls and isolates), as
/// `U+001B`; none when there is none.
std::optional<std::string> find_control(std::string_view text, std::string_view allowed = {});

/// For terminals: control characters, bidi controls and invalid bytes as visible escapes (`\x1b`,
/// `\u202e`); newline and tab are kept only in `keep`.
std::string escape_for_terminal(std::string_view text, std::string_view keep = {});

/// Nothing in it can be seen: spaces of any script, zero-width and filling characters, or nothing.
bool is_blank(std::string_view text);

/// Columns a terminal uses (wide East Asian and emoji count 2, combining marks 0).
std::size_t display_width(std::string_view text);

/// Cut to `columns`, with `…` when something was cut; never splits a character.
std::string fit(std::string_view text, std::size_t columns);

/// The nearest of `known` by edit distance (at most 2, or a third of the length), none when nothing
/// is near.
std::optional<std::string_view> suggest(std::string_view word,
                                        std::span<const std::string_view> known);

/// ASCII only, as the field names and keywords are.
std::string to_lower(std::string_view text);
bool equals_ignoring_case(std::string_view a, std::string_view b);

/// Case-insensitive search over ASCII and simple Latin/Greek/Cyrillic letters is more than we
/// promise: ASCII letters fold, other bytes compare as they are. The store's SQL uses the same
/// fold.
bool contains_ignoring_case(std::string_view text, std::string_view wanted);

std::string join(std::span<const std::string> parts, std::string_view separator);
std::string_view trim(std::string_view text);

/// Whole text as a decimal integer; none for anything else or out of range.
std::optional<long long> parse_integer(std::string_view text);

}  // namespace taskman::util
