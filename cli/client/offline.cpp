#include "cli/client/offline.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <vector>

#include "cli/client/control.hpp"
#include "common/error/error.hpp"
#include "common/wire/envelope.hpp"

namespace taskman::client {
namespace {

using error::Code;
using error::Error;

/// What it writes to stdout, to its end.
std::string output_of(std::vector<std::string> words) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0)
    throw Error(Code::kUnreachable, std::string("cannot make a pipe: ") + std::strerror(errno));
  const util::Fd reading(pipe[0]);
  util::Fd writing(pipe[1]);
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const pid_t pid = ::fork();
  if (pid < 0)
    throw Error(Code::kUnreachable, std::string("cannot start a process: ") + std::strerror(errno));
  if (pid == 0) {
    // Only calls that are safe between fork and exec.
    const int null = ::open("/dev/null", O_RDWR);
    ::dup2(null, STDIN_FILENO);
    ::dup2(writing.get(), STDOUT_FILENO);
    ::dup2(null, STDERR_FILENO);
    ::signal(SIGPIPE, SIG_DFL);
    ::execv(argv.front(), argv.data());
    ::_exit(127);
  }
  writing.reset();
  std::string said;
  std::array<char, 4096> part;
  for (ssize_t got = 1; got != 0;) {
    got = ::read(reading.get(), part.data(), part.size());
    if (got > 0) said.append(part.data(), static_cast<std::size_t>(got));
    if (got < 0 && errno != EINTR) break;
  }
  while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
  return said;
}

}  // namespace

Offline::Offline(const LaunchPlan& plan, const Deadline& deadline)
    : plan_(plan),
      lock_(lock_start(plan, deadline)),
      had_daemon_(stop_daemon(plan.paths, deadline, Starting::kIgnore).has_value()) {}

std::string Offline::restore(const std::string& backup) const {
  auto words = command_of(plan_);
  words.insert(words.end(), {"--log", plan_.paths.log, "--ready-fd", "1", "--restore", backup});
  const std::string said = output_of(std::move(words));
  if (said.starts_with("error ")) {
    throw wire::decode_error(std::string_view(said).substr(6, said.find('\n') - 6));
  }
  if (!said.starts_with("restored ")) {
    throw Error(Code::kStorageUnavailable, "taskmand ended before the backup was in its place",
                "look into the log: " + plan_.paths.log);
  }
  constexpr std::string_view kKept = "\nkept ";
  const auto at = said.find(kKept);
  if (at == std::string::npos) return {};
  return said.substr(at + kKept.size(), said.size() - at - kKept.size() - 1);
}

}  // namespace taskman::client
