// The long run of tests/feed/soak_test.cpp; started by `run` beside this file.
//   feed_soak [--time SECONDS] [--readers N] [--rate CHANGES] [--kill-every SECONDS] [--seed N]

#include <cstdio>
#include <cstdlib>
#include <random>
#include <stdexcept>
#include <string>

#include "soak/soak.hpp"

namespace {

using taskman::test::SoakPlan;

SoakPlan plan_of(int argc, char** argv) {
  SoakPlan plan{.seed = std::random_device{}()};
  for (int i = 1; i < argc; i += 2) {
    const std::string flag = argv[i];
    if (i + 1 == argc) throw std::runtime_error(flag + " wants a number");
    const int value = std::stoi(argv[i + 1]);
    if (flag == "--time") {
      plan.time = std::chrono::seconds(value);
    } else if (flag == "--readers") {
      plan.readers = value;
    } else if (flag == "--rate") {
      plan.changes_per_second = value;
    } else if (flag == "--kill-every") {
      plan.between_kills = std::chrono::seconds(value);
    } else if (flag == "--seed") {
      plan.seed = static_cast<std::uint32_t>(std::stoul(argv[i + 1]));
    } else {
      throw std::runtime_error("unknown flag " + flag);
    }
  }
  return plan;
}

}  // namespace

int main(int argc, char** argv) try {
  const SoakPlan plan = plan_of(argc, argv);
  std::printf("seed %u\n", plan.seed);
  std::fflush(stdout);
  const auto result = run_soak(plan);
  for (const auto& fault : result.tally.faults) std::printf("fault: %s\n", fault.c_str());
  std::printf("%s\n", to_string(plan, result).c_str());
  return result.is_good() ? 0 : 1;
} catch (const std::exception& failure) {
  std::fprintf(stderr, "feed_soak: %s\n", failure.what());
  return 2;
}
