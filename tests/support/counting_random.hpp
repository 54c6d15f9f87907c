#pragma once

#include <atomic>
#include <cstdint>

#include "common/util/random.hpp"

namespace taskman::test {

/// 1, 2, 3, …: no two alike, and the same in every run. Thread-safe.
class CountingRandom final : public util::Random {
 public:
  std::uint64_t next() override { return ++last_; }

 private:
  std::atomic<std::uint64_t> last_{0};
};

}  // namespace taskman::test
