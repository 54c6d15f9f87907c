#pragma once
// How much of the change log is kept.

#include <chrono>
#include <cstdint>
#include <optional>

namespace taskman::model {

/// An entry goes when it is older than `age`, or when there are `entries` newer ones. None of both:
/// everything is kept.
struct Retention {
  std::optional<std::chrono::milliseconds> age;
  std::optional<std::int64_t> entries;
  bool keeps_everything() const { return !age && !entries; }
  bool operator==(const Retention&) const = default;
};

}  // namespace taskman::model
