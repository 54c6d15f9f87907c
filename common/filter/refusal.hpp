#pragma once
// How the parser says no.

#include <span>
#include <string>
#include <string_view>

#include "common/model/vocabulary.hpp"

namespace taskman::filter {

/// Throws Error kInvalidValue for the field `filter`.
[[noreturn]] void refuse(std::string message, std::string hint = {});

/// `unknown status 'dnoe'`, hint `did you mean done? known: todo, in_progress, …`; `tail` ends the
/// hint.
[[noreturn]] void refuse_unknown(std::string_view what, std::string_view word,
                                 std::span<const std::string_view> known,
                                 std::string_view tail = {});

/// The same for a word of the vocabulary; its aliases are suggested, too.
[[noreturn]] void refuse_word(std::string_view what, std::string_view word,
                              std::span<const model::Word> words, std::string_view tail = {});

}  // namespace taskman::filter
