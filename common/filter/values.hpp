#pragma once
// Turns the written values of a field into typed ones.

#include <vector>

#include "common/filter/lexer.hpp"
#include "common/filter/words.hpp"

namespace taskman::filter {

/// Throws Error kInvalidValue that names the word, lists what is known and suggests the nearest.
std::vector<Value> read_values(const FieldWord& field, const Token& token, const Context& context);

}  // namespace taskman::filter
