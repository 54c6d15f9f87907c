#pragma once

#include <atomic>
#include <chrono>

#include "common/time/clock.hpp"

namespace taskman::test {

/// A clock that stands still until a test moves it. Thread-safe; both of its times move together.
class ManualClock final : public time::Clock {
 public:
  /// Starts at 2026-11-23T10:00:00Z unless told otherwise.
  explicit ManualClock(util::Instant start = util::Instant{std::chrono::seconds{1'795'428'000}})
      : start_(start) {}

  util::Instant now() const override { return start_ + passed_.load(); }
  std::chrono::steady_clock::time_point steady() const override {
    return std::chrono::steady_clock::time_point{} + std::chrono::hours{1} + passed_.load();
  }

  void advance(std::chrono::milliseconds by) { passed_.store(passed_.load() + by); }

 private:
  const util::Instant start_;
  std::atomic<std::chrono::milliseconds> passed_{std::chrono::milliseconds{0}};
};

}  // namespace taskman::test
