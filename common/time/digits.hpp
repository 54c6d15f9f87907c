#pragma once
// Reads the fixed-width numbers of ISO 8601 from left to right.

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

#include "common/util/instant.hpp"

namespace taskman::time {

/// Looks at a text that outlives it. What a failed read leaves unread is unspecified.
class Digits {
 public:
  explicit Digits(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }

  /// Steps over `wanted` when it comes next.
  bool skip(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }

  /// Exactly `width` decimal digits.
  std::optional<int> number(std::size_t width);

  /// `2026-11-23`, a day that exists.
  std::optional<util::Date> date();

  /// `10:00`.
  std::optional<std::chrono::seconds> time();

  /// `10:00:00`; the second may be a leap second, 60.
  std::optional<std::chrono::seconds> time_with_seconds();

 private:
  std::string_view rest_;
};

}  // namespace taskman::time
