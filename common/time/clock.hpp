#pragma once
// Time enters the programs here and nowhere else, so tests move it by hand.

#include <chrono>

#include "common/util/instant.hpp"

namespace taskman::time {

/// Thread-safe. now() may jump (people set clocks); steady() never goes back.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual util::Instant now() const = 0;
  virtual std::chrono::steady_clock::time_point steady() const = 0;
};

class SystemClock final : public Clock {
 public:
  util::Instant now() const override;
  std::chrono::steady_clock::time_point steady() const override;
};

}  // namespace taskman::time
