#pragma once
// The table behind schema.hpp. A type is written in a small notation: `text int id time day bool
// cursor any value`, the vocabularies `status priority state change`, `@Task` for another schema,
// `[t]` for an array, `t?` for "or null", `a|b` for either. Internal to common/wire.

#include <span>
#include <string_view>

namespace taskman::wire {

struct PropertyDoc {
  std::string_view name;
  std::string_view type;
  std::string_view description;
};

/// What is read is complete; what is sent names what it needs, the rest may be left out.
enum class Direction { kRead, kSent };

struct ObjectDoc {
  std::string_view name;
  std::string_view description;
  Direction direction = Direction::kRead;
  std::span<const PropertyDoc> properties;
  /// Names, separated by blanks: of a sent object what must be there, of a read one what may be
  /// absent.
  std::string_view exceptions;
};

/// An envelope: what `data` holds, and which of the other members come with it.
struct AnswerDoc {
  std::string_view kind;
  std::string_view data;
  std::string_view description;
  std::string_view extra;  ///< of `page cursor more`, those that are always there
  /// A member of `data` whose records --fields picks from, in the place of data's own members.
  std::string_view rows = {};
  /// A member of `data` whose members --fields picks from as well, as if they were data's own.
  std::string_view flattened = {};
};

std::span<const AnswerDoc> answer_docs();
std::span<const ObjectDoc> thing_docs();
/// Of what was done with them.
std::span<const ObjectDoc> report_docs();
/// Of the command line's own answers, and of failures.
std::span<const ObjectDoc> local_docs();
std::span<const ObjectDoc> input_docs();

}  // namespace taskman::wire
