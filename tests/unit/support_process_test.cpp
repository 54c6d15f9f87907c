#include <csignal>
#include <filesystem>

#include "support/catch.hpp"
#include "support/process.hpp"
#include "support/temp_dir.hpp"

namespace taskman::test {

using namespace std::chrono_literals;

TEST_CASE("a process's output, error and exit code come back apart") {
  const Finished done = run({.argv = {"/bin/sh", "-c", "echo out; echo err >&2; exit 3"}});
  CHECK(done.out == "out\n");
  CHECK(done.err == "err\n");
  CHECK(done.exit_code == 3);
}

TEST_CASE("a process gets its input and its environment, and nothing of the test's") {
  const std::string input(300'000, 'x');
  const Finished done = run({.argv = {"/bin/sh", "-c", "echo \"$NAME $HOME\"; wc -c"},
                             .environment = {{"NAME", "value"}},
                             .input = input});
  CHECK(done.out == "value \n300000\n");
}

TEST_CASE("a process that ends by a signal says which") {
  Process process({.argv = {"/bin/sh", "-c", "echo up; exec cat /dev/zero > /dev/null"}});
  CHECK(process.read_line() == "up");
  process.signal(SIGTERM);
  CHECK(process.wait().signal == SIGTERM);
}

TEST_CASE("a process that goes on too long fails with what it printed") {
  Process process({.argv = {"/bin/sh", "-c", "echo first; exec cat /dev/zero > /dev/null"}});
  CHECK_THROWS_WITH(process.wait(200ms), ContainsSubstring("did not end in time"));
}

TEST_CASE("a temporary folder goes with its owner") {
  std::filesystem::path path;
  {
    const TempDir folder;
    path = folder.path();
    std::filesystem::create_directories(folder / "a/b");
  }
  CHECK_FALSE(std::filesystem::exists(path));
}

}  // namespace taskman::test
