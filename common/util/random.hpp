#pragma once
// Randomness enters here: keys, store ids, jitter, the chain's start.

#include <cstdint>
#include <string>

namespace taskman::util {

/// Thread-safe.
class Random {
 public:
  virtual ~Random() = default;
  /// Uniform over all 64-bit values.
  virtual std::uint64_t next() = 0;
  /// 32 hex digits, for ids and idempotency keys.
  std::string token();
};

/// getrandom(2).
class SystemRandom final : public Random {
 public:
  std::uint64_t next() override;
};

}  // namespace taskman::util
