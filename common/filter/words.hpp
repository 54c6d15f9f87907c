#pragma once
// The words of the filter language: parser, completion and docs are made from these two tables.
// Constant, thread-safe.

#include <optional>
#include <span>
#include <string_view>

#include "common/filter/filter.hpp"

namespace taskman::filter {

/// What the values of a field are.
enum class Kind { kStatus, kFlag, kPriority, kName, kPerson, kInteger, kDate, kText };

/// Whether `none` asks for tasks without it.
enum class Absence { kNever, kPossible };

struct FieldWord {
  Field field;
  std::string_view name;
  Kind kind;
  Absence absence;
  std::string_view meaning;
  std::string_view example;
  std::string_view alias = {};  ///< accepted too; empty: none
};

struct FlagWord {
  Flag flag;
  std::string_view name;
  std::string_view meaning;
};

/// In the order of the enumerators.
std::span<const FieldWord> field_words();
std::span<const FlagWord> flag_words();

const FieldWord& word_of(Field field);
std::string_view name(Flag flag);

/// Case-insensitive, aliases included.
const FieldWord* find_field(std::string_view word);
std::optional<Flag> find_flag(std::string_view word);

}  // namespace taskman::filter
