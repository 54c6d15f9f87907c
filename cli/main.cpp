// taskman: makes what enters from outside and hands over.

#include <csignal>

#include "cli/app/run.hpp"
#include "common/time/clock.hpp"
#include "common/util/standard_streams.hpp"

int main(int argc, char** argv) {
  taskman::util::hold_standard_streams();
  // A reader that closed our output is seen where it is written to.
  std::signal(SIGPIPE, SIG_IGN);
  const taskman::time::SystemClock clock;
  taskman::util::SystemRandom random;
  const taskman::cli::World world{.environment = taskman::util::system_environment(),
                                  .account = taskman::config::system_account(),
                                  .clock = &clock,
                                  .random = &random};
  return taskman::app::run(world, {argv + 1, argv + argc});
}
