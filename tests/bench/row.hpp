#pragma once
// A line of the table that tests/bench/run prints and docs/benchmarks.md shows.

#include <string>
#include <vector>

namespace taskman::bench {

struct Row {
  std::string what;
  std::string figure;
  std::string beside;  ///< the floor's or the peer's figure, from the same run
  std::string ratio;
  std::string target;
  bool met = false;
};

/// As a row of a Markdown table, which the runner collects.
void print(const Row& row);

/// `12.3 ms`; `words` follow the number.
std::string with_unit(double number, const std::string& words, int decimals = 2);

/// The middle of the ratios of what was measured in pairs, so that a machine whose speed drifts
/// drifts for both.
double median_ratio(const std::vector<double>& ours, const std::vector<double>& others);

}  // namespace taskman::bench
