#pragma once
// What enters from outside, as cli/main.cpp would hand it in, but of the test's own.

#include <map>
#include <string>

#include "cli/session/world.hpp"
#include "support/counting_random.hpp"
#include "support/manual_clock.hpp"
#include "support/temp_dir.hpp"

namespace taskman::test {

/// A user with a home and a runtime folder of their own, and no daemon.
class Outside {
 public:
  using Variables = std::map<std::string, std::string, std::less<>>;

  explicit Outside(Variables variables = {}) {
    variables.try_emplace("HOME", folder_.path().string());
    variables.try_emplace("XDG_RUNTIME_DIR", folder_.path().string());
    world_ = {.environment = util::fixed_environment(std::move(variables)),
              .account = {.uid = 1000,
                          .home = [home = folder_.path().string()] { return home; },
                          .name = [] { return "ann"; },
                          .working_folder = folder_.path().string(),
                          .machine_runtime = (folder_ / "no-logins").string()},
              .clock = &clock_,
              .random = &random_};
  }

  Outside(const Outside&) = delete;
  Outside& operator=(const Outside&) = delete;

  const cli::World& world() const { return world_; }
  const TempDir& folder() const { return folder_; }

 private:
  TempDir folder_;
  ManualClock clock_;
  CountingRandom random_;
  cli::World world_;
};

}  // namespace taskman::test
