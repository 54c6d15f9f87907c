#pragma once
// Tasks and filters drawn from few values, so that every pair of them meets.

#include <cstdint>

#include "common/filter/filter.hpp"
#include "store/bed.hpp"

namespace taskman::test {

/// A small generator of its own, so that a failing seed fails everywhere.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 2 + 1) {}
  /// 0 … sides - 1.
  std::int64_t roll(std::int64_t sides);
  bool one_in(std::int64_t sides) { return roll(sides) == 0; }

 private:
  std::uint64_t state_;
};

/// Three projects, four sprints and `count` tasks with every field drawn; some closed again, some
/// deleted.
void add_random_tasks(Bed& bed, Dice& dice, int count);

/// Any expression the parser can make, and some it cannot.
filter::Expr random_filter(Dice& dice, util::Instant now, int depth = 3);

/// All tasks, by id.
std::vector<model::Task> all_tasks(Bed& bed);

}  // namespace taskman::test
