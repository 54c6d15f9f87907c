#include "cli/client/launcher.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <vector>

#include "cli/client/connection.hpp"
#include "common/config/folders.hpp"
#include "common/error/error.hpp"
#include "common/util/fd.hpp"
#include "common/wire/envelope.hpp"

namespace taskman::client {
namespace {

constexpr int kAskAgain = 2;  // ms; flock(2) has no timeout of its own

error::Error failure(const std::string& what, const std::string& hint) {
  return {error::Code::kUnreachable, what, hint};
}

/// Held while one command starts the daemon; the others find it listening when they get it.
util::Fd lock_start(const std::string& socket, const Deadline& deadline) {
  const std::string path = socket + ".start";
  util::Fd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!fd)
    throw failure("cannot create " + path + ": " + std::strerror(errno),
                  "check the folder's permissions");
  while (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    if (deadline.passed()) {
      throw error::Error(error::Code::kTimeout, "another command is still starting the daemon",
                         "look into the log: taskman daemon logs");
    }
    ::poll(nullptr, 0, kAskAgain);
  }
  return fd;
}

bool listens(const std::string& socket, const Deadline& deadline) {
  return Connection::open(socket, deadline).has_value();
}

struct Child {
  const char* program;
  std::vector<char*> argv;
  int ready;  ///< becomes descriptor 3
};

/// After fork: only calls that are safe between fork and exec.
[[noreturn]] void become_daemon(const Child& child) {
  if (::setsid() < 0 || ::fork() != 0) ::_exit(0);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  for (int number = 1; number < NSIG; ++number) ::signal(number, SIG_DFL);
  ::umask(077);
  if (::chdir("/") != 0) ::_exit(127);
  const int null = ::open("/dev/null", O_RDWR);
  for (const int fd : {0, 1, 2}) ::dup2(null, fd);
  const int ready = ::fcntl(child.ready, F_DUPFD, 10);
  ::dup2(ready, 3);
  ::close_range(4, ~0U, 0);
  ::execv(child.program, child.argv.data());
  ::_exit(127);
}

std::vector<std::string> command_of(const LaunchPlan& plan, const std::string& program) {
  return {program, "--db",         plan.paths.database, "--socket", plan.paths.socket,
          "--log", plan.paths.log, "--ready-fd",        "3"};
}

util::Fd spawn(const LaunchPlan& plan) {
  const std::string program = plan.program.empty() ? find_daemon_program() : plan.program;
  if (program.empty())
    throw failure("cannot find taskmand beside taskman or on PATH",
                  "install it, or start it yourself");
  std::vector<std::string> words = command_of(plan, program);
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0)
    throw failure("cannot make a pipe", std::strerror(errno));
  util::Fd reading(pipe[0]);
  util::Fd writing(pipe[1]);
  Child child{.program = program.c_str(), .argv = {}, .ready = writing.get()};
  for (auto& word : words) child.argv.push_back(word.data());
  child.argv.push_back(nullptr);
  const pid_t pid = ::fork();
  if (pid < 0)
    throw failure("cannot start a process: " + std::string(std::strerror(errno)), "try again");
  if (pid == 0) become_daemon(child);
  while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
  return reading;
}

std::string read_word(const util::Fd& ready, const Deadline& deadline) {
  std::string said;
  std::array<char, 4096> chunk;
  while (said.find('\n') == std::string::npos) {
    pollfd waiting{ready.get(), POLLIN, 0};
    if (::poll(&waiting, 1, deadline.poll_timeout()) == 0) {
      throw error::Error(error::Code::kTimeout, "the daemon did not become ready in time",
                         "look into the log: taskman daemon logs");
    }
    const auto got = ::read(ready.get(), chunk.data(), chunk.size());
    if (got == 0) break;
    if (got > 0) said.append(chunk.data(), static_cast<std::size_t>(got));
  }
  return said.substr(0, said.find('\n'));
}

/// None when it is ready.
std::optional<error::Error> outcome(const LaunchPlan& plan, const Deadline& deadline) {
  const std::string said = read_word(spawn(plan), deadline);
  if (said == "ready") return std::nullopt;
  if (said.starts_with("error ")) return wire::decode_error(std::string_view(said).substr(6));
  return failure("the daemon ended before it was ready", "look into the log: " + plan.paths.log);
}

}  // namespace

std::string find_daemon_program() {
  std::array<char, PATH_MAX> self{};
  const auto length = ::readlink("/proc/self/exe", self.data(), self.size() - 1);
  if (length > 0) {
    std::string sibling(self.data(), static_cast<std::size_t>(length));
    sibling.replace(sibling.rfind('/') + 1, std::string::npos, "taskmand");
    if (::access(sibling.c_str(), X_OK) == 0) return sibling;
  }
  for (const char* usual : {"/usr/local/bin/taskmand", "/usr/bin/taskmand"}) {
    if (::access(usual, X_OK) == 0) return usual;
  }
  return {};
}

void start_daemon(const LaunchPlan& plan, const Deadline& deadline) {
  config::make_private_folder(config::folder_of(plan.paths.socket), plan.account);
  for (;;) {
    {
      const util::Fd lock = lock_start(plan.paths.socket, deadline);
      if (listens(plan.paths.socket, deadline)) return;
      const auto failed = outcome(plan, deadline);
      if (!failed) return;
      // Another daemon still holds the database, as one that is ending does: its turn comes.
      if (failed->code() != error::Code::kConflict || deadline.passed()) throw *failed;
    }
    ::poll(nullptr, 0, 10 * kAskAgain);
  }
}

bool wait_until_gone(const config::Paths& paths, const Deadline& deadline) {
  const util::Fd fd(::open(paths.lock.c_str(), O_RDWR | O_CLOEXEC));
  if (!fd) return true;
  while (::flock(fd.get(), LOCK_SH | LOCK_NB) != 0) {
    if (deadline.passed()) return false;
    ::poll(nullptr, 0, kAskAgain);
  }
  return true;
}

}  // namespace taskman::client
