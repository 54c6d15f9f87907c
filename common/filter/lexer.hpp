#pragma once
// Cuts a filter into tokens; knows quoting, nothing of fields and values.

#include <string>
#include <string_view>
#include <vector>

#include "common/filter/filter.hpp"

namespace taskman::filter {

/// Quoting takes every special meaning away: `label:"none"` is the label none.
enum class Quoting { kBare, kQuoted };

struct Piece {
  std::string text;
  Quoting quoting = Quoting::kBare;
};

struct Token {
  enum class Kind { kOpen, kClose, kNot, kAnd, kOr, kText, kTerm, kEnd };
  Kind kind = Kind::kEnd;
  std::string text;           ///< kText: what to find; kTerm: the field's name
  Op op = Op::kEqual;         ///< kTerm
  std::vector<Piece> values;  ///< kTerm: one or more, none of them empty
};

/// The last token is kEnd. Throws Error kInvalidValue: an open quote, a field without value.
std::vector<Token> tokenize(std::string_view text);

}  // namespace taskman::filter
