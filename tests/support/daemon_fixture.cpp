#include "support/daemon_fixture.hpp"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "support/build_paths.hpp"

namespace taskman::test {
namespace {

/// The sanitizers' settings come from the test's own environment (see cmake/TaskmanTests.cmake).
void pass_on_sanitizers(Environment& environment) {
  for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"}) {
    if (const char* value = std::getenv(name)) environment.emplace(name, value);
  }
}

}  // namespace

DaemonFixture::DaemonFixture(std::vector<std::string> flags) : flags_(std::move(flags)) { start(); }

void DaemonFixture::start() {
  Command command{
      .argv = {std::string(kBinDir) + "/taskmand", "--foreground", "--ready-fd", "1", "--db",
               database().string(), "--socket", socket().string(), "--log",
               (folder_ / "d.log").string()},
      .environment = environment(),
  };
  command.argv.insert(command.argv.end(), flags_.begin(), flags_.end());
  process_.emplace(command);
  try {
    if (const std::string said = process_->read_line(); said != "ready") fail("said: " + said);
  } catch (const std::exception& error) {
    fail(error.what());
  }
}

void DaemonFixture::stop() {
  process_->signal(SIGTERM);
  const Finished finished = process_->wait();
  if (finished.exit_code != 0) {
    fail("ended with exit code " + std::to_string(finished.exit_code) + ", signal " +
         std::to_string(finished.signal) + "\n" + finished.err);
  }
}

void DaemonFixture::kill() {
  process_->signal(SIGKILL);
  process_->wait();
}

std::string DaemonFixture::log() const {
  std::ifstream file(folder_ / "d.log");
  return {std::istreambuf_iterator<char>(file), {}};
}

std::uint16_t DaemonFixture::port() const {
  constexpr std::string_view kKey = R"("port":")";
  const std::string said = log();
  const auto at = said.rfind(kKey);
  if (at == std::string::npos) fail("does not listen on TCP");
  return static_cast<std::uint16_t>(std::stoi(said.substr(at + kKey.size())));
}

std::string DaemonFixture::token() const {
  std::ifstream file(token_file());
  std::string token;
  std::getline(file, token);
  return token;
}

Environment DaemonFixture::environment() const {
  const std::string home = folder_.path().string();
  Environment result{{"HOME", home},
                     {"XDG_RUNTIME_DIR", home},
                     {"PATH", std::string(kBinDir) + ":/usr/bin:/bin"},
                     {"LANG", "C.UTF-8"},
                     {"TZ", "UTC"},
                     {"TASKMAN_URL", "unix:" + socket().string()},
                     {"TASKMAN_AUTOSTART", "0"}};
  pass_on_sanitizers(result);
  return result;
}

void DaemonFixture::fail(const std::string& what) const {
  throw std::runtime_error("taskmand " + what + "\nlog: " + log());
}

}  // namespace taskman::test
