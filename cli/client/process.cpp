#include "cli/client/process.hpp"

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>

namespace taskman::client {

std::optional<Process> Process::find(std::int64_t pid) {
  if (pid <= 0) return std::nullopt;
  util::Fd process(static_cast<int>(::syscall(SYS_pidfd_open, static_cast<pid_t>(pid), 0)));
  if (!process) return std::nullopt;
  return Process(pid, std::move(process));
}

void Process::terminate() const {
  ::syscall(SYS_pidfd_send_signal, process_.get(), SIGTERM, nullptr, 0);
}

bool Process::wait(const Deadline& deadline) const {
  pollfd ended{process_.get(), POLLIN, 0};
  return ::poll(&ended, 1, deadline.poll_timeout()) > 0;
}

}  // namespace taskman::client
