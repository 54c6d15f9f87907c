#include "cli/client/wakeups.hpp"

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <initializer_list>

namespace taskman::client {
namespace {

/// Blocks the signals; they come out of the descriptor.
util::Fd catch_signals(std::initializer_list<int> numbers) {
  sigset_t set;
  sigemptyset(&set);
  for (const int number : numbers) sigaddset(&set, number);
  ::sigprocmask(SIG_BLOCK, &set, nullptr);
  return util::Fd(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
}

bool take(const util::Fd& fd, signalfd_siginfo& info) {
  return ::read(fd.get(), &info, sizeof info) == static_cast<ssize_t>(sizeof info);
}

}  // namespace

Wakeups::Wakeups() {
  ::sigprocmask(SIG_BLOCK, nullptr, &before_);
  ends_ = catch_signals({SIGINT, SIGTERM, SIGHUP, SIGQUIT});
  others_ = catch_signals({SIGWINCH, SIGTSTP});
}

Wakeups::~Wakeups() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }

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
