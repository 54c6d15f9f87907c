// Why a process of its own: only a parent is told of what its children leave behind, and it has to
// outlive a daemon that is killed. As a "child subreaper" it gets every orphan below it, also one
// with a session and a group of its own, so that a look at its own children finds them all in the
// end. A control group would do it, too, but an unprivileged process cannot make one everywhere.
// Why a fork and no exec: a copy costs half a millisecond and shares the daemon's pages, taskmand
// itself takes ten times as long to load.

#include "daemon/hooks/supervisor.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <utility>

namespace taskman::hooks {
namespace {

constexpr int kLookAgain = 50;  // ms; for what forks and ends faster than it is seen

std::int64_t now() {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return std::int64_t{time.tv_sec} * 1000 + time.tv_nsec / 1'000'000;
}

/// From 3 on. A second one of -1 is none.
void close_all_but(int one, int other) {
  const auto [low, high] = std::minmax(one, other < 0 ? one : other);
  if (low > 3) ::close_range(3, static_cast<unsigned>(low) - 1, 0);
  if (high > low + 1)
    ::close_range(static_cast<unsigned>(low) + 1, static_cast<unsigned>(high) - 1, 0);
  ::close_range(static_cast<unsigned>(high) + 1, ~0U, 0);
}

[[noreturn]] void become_shell(const SupervisorPlan& plan) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // for a supervisor that is itself killed
  for (int number = 1; number < NSIG; ++number) ::signal(number, SIG_DFL);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::close_range(STDERR_FILENO + 1, ~0U, 0);
  const std::array<const char*, 4> words{"sh", "-c", plan.line, nullptr};
  ::execve("/bin/sh", const_cast<char* const*>(words.data()), plan.environment);
  ::_exit(127);
}

/// Calls `each` with every process right below this one.
template <typename Each>
void for_each_child(Each each) {
  const int fd = ::open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return;
  std::array<char, 4096> text{};
  const ssize_t length = ::read(fd, text.data(), text.size());
  ::close(fd);
  pid_t pid = 0;
  // A number that did not fit in is one of the next look.
  for (ssize_t i = 0; i < length; ++i) {
    const char c = text[static_cast<std::size_t>(i)];
    if (c >= '0' && c <= '9') {
      pid = pid * 10 + (c - '0');
    } else if (pid > 0) {
      each(std::exchange(pid, 0));
    }
  }
}

class Supervisor {
 public:
  explicit Supervisor(const SupervisorPlan& plan) : plan_(plan) {}

  /// Returns when there is nothing left to end.
  SupervisorReport run() {
    prepare();
    if (report_.failure != 0 || !start_shell()) return report_;
    while (reap() && (!killing_ || kill_children())) wait();
    return report_;
  }

 private:
  void prepare() {
    ::prctl(PR_SET_NAME, "taskman-hook");
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);
    ::setsid();
    ::dup2(plan_.input, STDIN_FILENO);
    ::dup2(plan_.output, STDOUT_FILENO);
    ::dup2(plan_.output, STDERR_FILENO);
    close_all_but(plan_.control, plan_.lock);
    if (::chdir(plan_.folder) != 0 && ::chdir("/") != 0) report_.failure = errno;
    ::signal(SIGCHLD, SIG_DFL);
    sigset_t wanted;
    ::sigemptyset(&wanted);
    for (const int number : {SIGCHLD, SIGTERM, SIGINT, SIGHUP}) ::sigaddset(&wanted, number);
    ::sigprocmask(SIG_SETMASK, &wanted, nullptr);
    signals_ = ::signalfd(-1, &wanted, SFD_CLOEXEC | SFD_NONBLOCK);
  }

  bool start_shell() {
    // Not a fork: pages of the daemon would be copied once more for what an exec throws away.
    // NOLINTNEXTLINE(clang-analyzer-security.insecureAPI.vfork): system calls follow, no more
    shell_ = ::vfork();
    if (shell_ == 0) become_shell(plan_);
    if (shell_ < 0) report_.failure = errno;
    // The command's streams are its own from now on.
    ::close_range(STDIN_FILENO, STDERR_FILENO, 0);
    return shell_ > 0;
  }

  /// Takes note of what ended. False when nothing runs any more.
  bool reap() {
    for (;;) {
      int status = 0;
      const pid_t pid = ::waitpid(-1, &status, WNOHANG);
      if (pid < 0 && errno == EINTR) continue;
      if (pid > 0 && pid == shell_) {
        report_.status = status;
        shell_ = 0;
      }
      if (pid > 0) continue;
      if (pid == 0 && shell_ == 0 && !told_rest_) tell_rest();
      return pid == 0;
    }
  }

  /// The shell's group, which is what ends in most cases; the rest is told when the shell is gone.
  void tell_shell() {
    if (deadline_ != 0) return;
    deadline_ = now() + kGrace.count();
    group_ = shell_;
    if (shell_ > 0) ::kill(-shell_, SIGTERM);
  }

  void tell_rest() {
    told_rest_ = true;
    report_.left = deadline_ == 0 && !killing_;
    if (deadline_ == 0) deadline_ = now() + kGrace.count();
    for_each_child([this](pid_t pid) {
      if (group_ == 0 || ::getpgid(pid) != group_) ::kill(pid, SIGTERM);
    });
  }

  /// False when nothing is left that we may kill: what another user runs, by sudo, is let be.
  bool kill_children() const {
    if (shell_ > 0) ::kill(-shell_, SIGKILL);
    bool any = false;
    for_each_child([&](pid_t pid) { any = ::kill(pid, SIGKILL) == 0 || any; });
    return any;
  }

  int patience() const {
    if (killing_) return kLookAgain;
    if (deadline_ == 0) return -1;
    return static_cast<int>(std::max<std::int64_t>(0, deadline_ - now()));
  }

  void wait() {
    std::array<pollfd, 2> sources{pollfd{killing_ ? -1 : plan_.control, POLLIN, 0},
                                  pollfd{signals_, POLLIN, 0}};
    if (::poll(sources.data(), sources.size(), patience()) < 0) return;
    if (sources[0].revents != 0) hear();
    if (sources[1].revents != 0) take_signals();
    if (deadline_ != 0 && now() >= deadline_) killing_ = true;
  }

  void hear() {
    char byte = 0;
    const ssize_t count = ::recv(plan_.control, &byte, sizeof byte, MSG_DONTWAIT);
    if (count > 0) return tell_shell();
    if (count == 0 || (errno != EAGAIN && errno != EINTR)) killing_ = true;
  }

  void take_signals() {
    signalfd_siginfo info{};
    while (::read(signals_, &info, sizeof info) == sizeof info) {
      if (info.ssi_signo != SIGCHLD) tell_shell();
    }
  }

  const SupervisorPlan& plan_;
  SupervisorReport report_;
  int signals_ = -1;
  pid_t shell_ = 0;            // 0: it ended
  pid_t group_ = 0;            // that was told to end
  std::int64_t deadline_ = 0;  // on the clock of now(); 0: nobody was told to end
  bool told_rest_ = false;
  bool killing_ = false;
};

}  // namespace

void supervise(const SupervisorPlan& plan) {
  const SupervisorReport report = Supervisor(plan).run();
  ::send(plan.control, &report, sizeof report, MSG_NOSIGNAL | MSG_DONTWAIT);
  ::_exit(0);
}

}  // namespace taskman::hooks
