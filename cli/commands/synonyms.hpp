#pragma once
// Words of other programs for what is here, beside the command table: what is meant counts more
// than how near the spelling is. Constant, thread-safe.

#include <optional>
#include <span>
#include <string_view>

namespace taskman::cli {

/// What a word that is no command stands for behind this noun (empty: as the first word), one of
/// `known` or a phrase to print; none when the table does not say.
std::optional<std::string_view> meant_verb(std::string_view noun, std::string_view word,
                                           std::span<const std::string_view> known);

/// The same for a flag's name without dashes; always one of `known`.
std::optional<std::string_view> meant_flag(std::string_view name,
                                           std::span<const std::string_view> known);

}  // namespace taskman::cli
