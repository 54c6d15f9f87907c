#pragma once
// What schemas are put together from. Internal to common/wire.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "common/wire/schema_table.hpp"

namespace taskman::wire {

inline constexpr std::string_view kDefinitions = "#/$defs/";

/// None for an unknown name.
const ObjectDoc* find_object(std::string_view name);
const AnswerDoc* find_answer(std::string_view kind);

/// Whether `words`, separated by blanks, have the word.
bool has_word(std::string_view words, std::string_view word);

/// References begin with `prefix`.
std::string property_schema(const PropertyDoc& property, std::string_view prefix);

/// Complete in itself: `body_of` says what stands for `name` and for each that it refers to. None
/// when it says nothing of `name`.
using BodyOf = std::function<std::optional<std::string>(std::string_view name)>;
std::optional<std::string> complete_schema(std::string_view name, const std::string& id,
                                           const BodyOf& body_of);

}  // namespace taskman::wire
