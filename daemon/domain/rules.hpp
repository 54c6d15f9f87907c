#pragma once
// The rules that several kinds of values share. Internal to daemon/domain.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "daemon/domain/validation.hpp"

namespace taskman::domain {

/// Collects what is wrong; each rule adds at most one problem.
class Rules {
 public:
  /// One line: not blank, at most `limit` characters, no control characters.
  void line(std::string_view field, std::string_view text, std::size_t limit);

  /// May be empty, may have newlines and tabs; at most `limit` bytes.
  void text(std::string_view field, std::string_view text, std::size_t limit);

  /// A line without blanks and commas, which separate it in lists and filters.
  void word(std::string_view field, std::string_view text, std::size_t limit);

  void number(std::string_view field, std::optional<std::int64_t> value, std::int64_t limit);

  void add(std::string_view field, std::string message);

  Problems take() { return std::move(problems_); }

 private:
  Problems problems_;
};

}  // namespace taskman::domain
