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
#include "cli/client/control.hpp"
#include "cli/client/cut_off.hpp"
#include "common/config/folders.hpp"
#include "common/config/holder.hpp"
#include "common/error/error.hpp"
#include "common/util/shell.hpp"
#include "common/wire/envelope.hpp"

namespace taskman::client {
namespace {

constexpr int kAskAgain = 2;  // ms; flock(2) has no timeout of its own

constexpr int kMostStarts = 3;  // of daemons that were gone again when they were asked

constexpr std::string_view kMoreTime =
    "give it more time with --timeout, or see what it does: taskman daemon logs";

error::Error failure(const std::string& what, const std::string& hint) {
  return {error::Code::kUnreachable, what, hint};
}

bool listens(const std::string& socket, const Deadline& deadline) {
  return Connection::open(socket, deadline).has_value();
}

/// Whether a daemon that is ending, or starting, still holds the database: its turn comes. Throws
/// kConflict, kUnreachable for one that lives on, only not on our socket: waiting would not help.
bool is_held(const config::Paths& paths, const Deadline& deadline) {
  const auto holder = config::find_holder(paths.lock);
  if (!holder) return false;
  const bool elsewhere = !holder->socket.empty() && holder->socket != paths.socket;
  if (elsewhere && listens(holder->socket, deadline)) {
    const std::string url = util::shell_word("unix:" + holder->socket);
    throw error::Error(
        error::Code::kConflict,
        "the daemon of " + paths.database + " listens on " + holder->socket + ", not on " +
            paths.socket,
        "use that socket: TASKMAN_URL=" + url + "; or end it: taskman daemon stop --url " + url);
  }
  if (const auto lost = find_cut_off(paths, deadline)) {
    throw error::Error(error::Code::kUnreachable,
                       "the daemon (process " + std::to_string(lost->pid()) + ") lost its socket " +
                           paths.socket + ": the file was removed or replaced",
                       "give it a new one: taskman daemon restart");
  }
  if (!deadline.passed()) return true;
  throw error::Error(error::Code::kConflict,
                     "the database " + paths.database + " is in use by " + config::to_text(*holder),
                     holder->pid > 0 ? "see what it does: ps -fp " + std::to_string(holder->pid)
                                     : "try again in a moment");
}

struct Child {
  const char* program;
  const char* config;  ///< empty: it finds its own
  std::vector<char*> argv;
  int ready;  ///< becomes descriptor 3
};

/// After the fork of a program with one thread.
[[noreturn]] void become_daemon(const Child& child) {
  if (::setsid() < 0 || ::fork() != 0) ::_exit(0);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  for (int number = 1; number < NSIG; ++number) ::signal(number, SIG_DFL);
  // A service that runs a command is not what the daemon reports to.
  for (const char* name : {"NOTIFY_SOCKET", "LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"})
    ::unsetenv(name);
  if (*child.config != 0) ::setenv("TASKMAN_CONFIG", child.config, 1);
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

std::vector<char*> argv_of(std::vector<std::string>& words) {
  std::vector<char*> argv;
  for (auto& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  return argv;
}

util::Fd spawn(const LaunchPlan& plan) {
  std::vector<std::string> words = command_of(plan);
  for (const char* more : {"--log", plan.paths.log.c_str(), "--ready-fd", "3"})
    words.emplace_back(more);
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0)
    throw failure("cannot make a pipe", std::strerror(errno));
  util::Fd reading(pipe[0]);
  util::Fd writing(pipe[1]);
  const Child child{.program = words.front().c_str(),
                    .config = plan.config.c_str(),
                    .argv = argv_of(words),
                    .ready = writing.get()};
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
    std::array<pollfd, 2> waiting{{{ready.get(), POLLIN, 0}, deadline.end()}};
    const int came = ::poll(waiting.data(), waiting.size(), deadline.poll_timeout());
    if (came == 0 || (came > 0 && waiting[0].revents == 0)) {
      throw error::Error(error::Code::kTimeout, "the daemon did not become ready in time",
                         std::string(kMoreTime));
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

std::vector<std::string> command_of(const LaunchPlan& plan) {
  std::string program = plan.program.empty() ? find_daemon_program() : plan.program;
  if (program.empty())
    throw failure("cannot find taskmand beside taskman, in /usr/local/bin or in /usr/bin",
                  "install it, or start it yourself");
  return {std::move(program), "--db", plan.paths.database, "--socket", plan.paths.socket};
}

util::Fd lock_start(const LaunchPlan& plan, const Deadline& deadline) {
  config::make_folder_for(plan.paths.socket, plan.account);
  const std::string path = plan.paths.socket + ".start";
  util::Fd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!fd)
    throw failure("cannot create " + path + ": " + std::strerror(errno),
                  "check the folder's permissions");
  while (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
    if (deadline.passed()) {
      throw error::Error(error::Code::kTimeout, "another command is still starting the daemon",
                         std::string(kMoreTime));
    }
    ::poll(nullptr, 0, kAskAgain);
  }
  return fd;
}

Started start_daemon(const LaunchPlan& plan, const Deadline& deadline) {
  for (;;) {
    {
      // The others find it listening when they get the lock.
      const util::Fd lock = lock_start(plan, deadline);
      if (listens(plan.paths.socket, deadline)) return Started::kBefore;
      if (!is_held(plan.paths, deadline)) {
        const auto failed = outcome(plan, deadline);
        if (!failed) return Started::kNow;
        if (failed->code() != error::Code::kConflict || deadline.passed()) throw *failed;
      }
    }
    ::poll(nullptr, 0, kAskAgain);
  }
}

Serving serve(const LaunchPlan& plan, const Deadline& deadline) {
  Started started = Started::kBefore;
  for (int tries = 0; tries < kMostStarts;) {
    if (start_daemon(plan, deadline) == Started::kNow) {
      started = Started::kNow;
      ++tries;
    }
    if (auto health = find_health(plan.paths, deadline)) return {started, std::move(*health)};
    if (deadline.passed()) break;
  }
  throw failure("the daemon started and was gone again", "look into the log: " + plan.paths.log);
}

void become_daemon_here(const LaunchPlan& plan) {
  std::vector<std::string> words = command_of(plan);
  words.emplace_back("--foreground");
  ::execv(words.front().c_str(), argv_of(words).data());
  throw failure("cannot run " + words.front() + ": " + std::strerror(errno), "install it again");
}

}  // namespace taskman::client
