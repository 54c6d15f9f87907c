#pragma once
// The list of every command and every noun. Constant, thread-safe.

#include <span>

#include "cli/command.hpp"

namespace taskman::cli {

/// Rows in the order of help.
std::span<const Command* const> all();
std::span<const Noun> nouns();

/// None for unknown words. A shorthand is found by its verb and an empty noun.
const Command* find(std::string_view noun, std::string_view verb);

}  // namespace taskman::cli
