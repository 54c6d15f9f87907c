#include "cli/client/wakeups.hpp"

#include <poll.h>
#include <sys/signalfd.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <initializer_list>

#include "cli/client/interrupts.hpp"

namespace taskman::client {
namespace {

/// Blocks the signals; they come out of the descriptor.
util::Fd catch_signals(std::initializer_list<int> numbers) {
  sigset_t set;
  sigemptyset(&set);
  for (const int number : numbers) {
    // Blocked it would be told all the same; nohup means that it ends nobody.
    if (number != SIGHUP || !is_ignored(number)) sigaddset(&set, number);
  }
  ::sigprocmask(SIG_BLOCK, &set, nullptr);
  return util::Fd(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
}

bool take(const util::Fd& fd, signalfd_siginfo& info) {
  return ::read(fd.get(), &info, sizeof info) == static_cast<ssize_t>(sizeof info);
}

/// Of 0: no alarm any more.
void set_alarm(std::chrono::milliseconds time) {
  itimerval timer{};
  timer.it_value.tv_sec = static_cast<time_t>(time.count() / 1000);
  timer.it_value.tv_usec = static_cast<suseconds_t>(time.count() % 1000 * 1000);
  ::setitimer(ITIMER_REAL, &timer, nullptr);
}

}  // namespace

Wakeups::Wakeups(std::optional<std::chrono::milliseconds> time) : has_alarm_(time.has_value()) {
  ::sigprocmask(SIG_BLOCK, nullptr, &before_);
  ends_ = catch_signals({SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGALRM});
  others_ = catch_signals({SIGWINCH, SIGTSTP});
  if (time) set_alarm(std::max(*time, std::chrono::milliseconds(1)));
}

Wakeups::~Wakeups() {
  if (has_alarm_) {
    // One that has rung and was not taken must not end the process once it is let through.
    set_alarm(std::chrono::milliseconds(0));
    ::signal(SIGALRM, SIG_IGN);
    ::signal(SIGALRM, SIG_DFL);
  }
  ::sigprocmask(SIG_SETMASK, &before_, nullptr);
}

Wakeups::Reason Wakeups::take_end() {
  signalfd_siginfo info{};
  if (take(ends_, info)) signal_ = static_cast<int>(info.ssi_signo);
  return Reason::kSignal;
}

Wakeups::Reason Wakeups::take_other() {
  Reason reason = Reason::kResized;
  for (signalfd_siginfo info{}; take(others_, info);) {
    if (info.ssi_signo == SIGTSTP) reason = Reason::kSuspended;
  }
  return reason;
}

bool Wakeups::is_asked_to_end() {
  take_end();
  return signal_ != 0;
}

Wakeups::Reason Wakeups::wait(int fd, const Deadline& deadline) {
  // Asked for no event, poll(2) still tells POLLERR: the read end of our stdout's pipe is closed.
  std::array<pollfd, 4> waiting{{{ends_.get(), POLLIN, 0},
                                 {others_.get(), POLLIN, 0},
                                 {STDOUT_FILENO, 0, 0},
                                 {fd, POLLIN, 0}}};
  for (;;) {
    const int ready = ::poll(waiting.data(), waiting.size(), deadline.poll_timeout());
    if (ready == 0) return Reason::kTime;
    if (ready < 0) continue;  // EINTR: a signal that is not ours, such as CONT
    if (waiting[0].revents != 0) return take_end();
    if (waiting[1].revents != 0) return take_other();
    if ((waiting[2].revents & (POLLERR | POLLHUP | POLLNVAL)) != 0) return Reason::kOutputGone;
    return Reason::kReadable;
  }
}

}  // namespace taskman::client
