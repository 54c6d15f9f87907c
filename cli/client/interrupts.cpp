#include "cli/client/interrupts.hpp"

#include <sys/signalfd.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

namespace taskman::client {

std::string ended_by(int signal) {
  const char* name = ::sigabbrev_np(signal);
  return std::string("ended by SIG") + (name == nullptr ? std::to_string(signal) : name);
}

bool is_ignored(int signal) {
  struct sigaction set {};
  return ::sigaction(signal, nullptr, &set) == 0 && set.sa_handler == SIG_IGN;
}

Interrupts::Interrupts() {
  ::sigprocmask(SIG_BLOCK, nullptr, &before_);
  sigset_t ours;
  ::sigemptyset(&ours);
  bool any = false;
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    // A blocked signal is told also to who ignores it.
    if (::sigismember(&before_, number) == 1 || is_ignored(number)) continue;
    ::sigaddset(&ours, number);
    any = true;
  }
  if (!any) return;
  ::sigprocmask(SIG_BLOCK, &ours, nullptr);
  signals_.reset(::signalfd(-1, &ours, SFD_CLOEXEC | SFD_NONBLOCK));
}

Interrupts::~Interrupts() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }

int Interrupts::take() {
  signalfd_siginfo info{};
  const bool came = signals_ && ::read(signals_.get(), &info, sizeof info) == sizeof info;
  return came ? static_cast<int>(info.ssi_signo) : 0;
}

void end_by(int signal) {
  sigset_t only;
  ::sigemptyset(&only);
  ::sigaddset(&only, signal);
  ::signal(signal, SIG_DFL);
  ::raise(signal);
  ::sigprocmask(SIG_UNBLOCK, &only, nullptr);
  std::_Exit(128 + signal);
}

}  // namespace taskman::client
