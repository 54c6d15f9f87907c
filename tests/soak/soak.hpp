#pragma once
// Many readers of the change feed, by every way and both doors, who disconnect at random while
// somebody writes and the daemon is killed again and again.

#include <chrono>
#include <cstdint>
#include <string>

#include "soak/reader.hpp"

namespace taskman::test {

struct SoakPlan {
  std::chrono::milliseconds time{600'000};
  int readers = 1000;
  int changes_per_second = 50;
  std::chrono::milliseconds between_kills{20'000};  ///< ± 20 %
  /// Of what readers do, when the daemon is killed, and what is written; not of how threads meet.
  std::uint32_t seed = 1;
};

struct SoakResult {
  std::int64_t changes = 0;  ///< acknowledged
  std::int64_t kills = 0;
  Tally tally;
  bool is_good() const { return tally.faults.empty(); }
};

/// Returns when every reader has everything, or has not within a minute, which is a fault. What
/// each got is then exactly the log after where it began: no gap, no double, `prev` right.
SoakResult run_soak(const SoakPlan& plan);

/// One line.
std::string to_string(const SoakPlan& plan, const SoakResult& result);

}  // namespace taskman::test
