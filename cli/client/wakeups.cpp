#include "cli/client/wakeups.hpp"

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>

namespace taskman::client {

Wakeups::Wakeups() {
  sigset_t ours;
  sigemptyset(&ours);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGWINCH}) sigaddset(&ours, number);
  ::sigprocmask(SIG_BLOCK, &ours, &before_);
  signals_.reset(::signalfd(-1, &ours, SFD_CLOEXEC | SFD_NONBLOCK));
}

Wakeups::~Wakeups() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }

Wakeups::Reason Wakeups::take_signal() {
  signalfd_siginfo info{};
  while (::read(signals_.get(), &info, sizeof info) == static_cast<ssize_t>(sizeof info)) {
    if (info.ssi_signo == SIGWINCH) continue;
    signal_ = static_cast<int>(info.ssi_signo);
    return Reason::kSignal;
  }
  return Reason::kResized;
}

Wakeups::Reason Wakeups::wait(int fd, const Deadline& deadline) {
  // Asked for no event, poll(2) still tells POLLERR: the read end of our stdout's pipe is closed.
  std::array<pollfd, 3> waiting{
      {{signals_.get(), POLLIN, 0}, {STDOUT_FILENO, 0, 0}, {fd, POLLIN, 0}}};
  for (;;) {
    const int ready = ::poll(waiting.data(), waiting.size(), deadline.poll_timeout());
    if (ready == 0) return Reason::kTime;
    if (ready < 0) continue;  // EINTR: a signal that is not ours, such as CONT
    if (waiting[0].revents != 0) return take_signal();
    if ((waiting[1].revents & (POLLERR | POLLHUP | POLLNVAL)) != 0) return Reason::kOutputGone;
    return Reason::kReadable;
  }
}

}  // namespace taskman::client
