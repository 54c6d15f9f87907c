#pragma once
// How long to wait before another attempt.

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "common/util/random.hpp"

namespace taskman::hooks {

inline constexpr std::chrono::milliseconds kLongestWait{5 * 60'000};

/// After the first failure about `first`, then twice as long each time, at most kLongestWait; three
/// quarters to five quarters of it, so that what failed together does not come back together.
inline std::chrono::milliseconds wait_after(std::int64_t failures, std::chrono::milliseconds first,
                                            util::Random& random) {
  auto wait = first;
  for (std::int64_t i = 1; i < failures && wait < kLongestWait; ++i) wait *= 2;
  wait = std::min(wait, kLongestWait);
  const auto spread = static_cast<std::uint64_t>(wait.count() / 2);
  if (spread == 0) return wait;
  return wait - wait / 4 + std::chrono::milliseconds(random.next() % spread);
}

}  // namespace taskman::hooks
