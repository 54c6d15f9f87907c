// Some seconds of what tests/soak/run does for ten minutes.

#include "soak/soak.hpp"

#include "support/catch.hpp"

namespace taskman::test {

using namespace std::chrono_literals;

TEST_CASE("what readers get who lose the connection and the daemon at random is the log") {
  const SoakPlan plan{.time = 12s, .readers = 100, .between_kills = 4s, .seed = 20261126};
  const SoakResult result = run_soak(plan);
  INFO(to_string(plan, result));
  CHECK(result.tally.faults == std::vector<std::string>{});
  CHECK(result.kills >= 2);
  // Else it would prove nothing.
  CHECK(result.tally.cuts > 20);
  CHECK(result.tally.frames > 1000);
}

}  // namespace taskman::test
