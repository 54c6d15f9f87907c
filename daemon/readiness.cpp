#include "daemon/readiness.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>

#include <cstddef>
#include <cstring>

#include "common/wire/json.hpp"

namespace taskman {

Readiness::Readiness(int ready_fd, const util::Environment& environment)
    : ready_fd_(ready_fd), notify_socket_(environment("NOTIFY_SOCKET").value_or("")) {
  if (ready_fd_.get() > STDERR_FILENO) ::fcntl(ready_fd_.get(), F_SETFD, FD_CLOEXEC);
}

void Readiness::ready() {
  say("ready\n");
  notify("READY=1\n");
}

void Readiness::failed(const error::Error& failure) {
  say("error " + wire::encode_error(failure) + '\n');
  notify("STATUS=" + failure.message() + '\n');
}

void Readiness::stopping() const { notify("STOPPING=1\n"); }

void Readiness::reloading() const {
  // Type=notify-reload wants the time at which the reload began.
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  const long long microseconds =
      static_cast<long long>(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
  notify("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(microseconds) + '\n');
}

void Readiness::reloaded() const { notify("READY=1\n"); }

// Who started us may wait for the end of this descriptor too, so it is closed at once. A standard
// one stays taken, or the next file opened would be what somebody prints to.
void Readiness::say(std::string_view line) {
  if (!ready_fd_) return;
  while (!line.empty()) {
    const ssize_t written = ::write(ready_fd_.get(), line.data(), line.size());
    if (written <= 0) break;
    line.remove_prefix(static_cast<std::size_t>(written));
  }
  if (ready_fd_.get() > STDERR_FILENO) return ready_fd_.reset();
  const util::Fd nothing(::open("/dev/null", O_RDWR | O_CLOEXEC));
  ::dup2(nothing.get(), ready_fd_.release());
}

void Readiness::notify(std::string_view state) const {
  sockaddr_un address{};
  if (notify_socket_.empty() || notify_socket_.size() >= sizeof address.sun_path) return;
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, notify_socket_.data(), notify_socket_.size());
  if (address.sun_path[0] == '@') address.sun_path[0] = '\0';  // the abstract name space
  const auto length =
      static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + notify_socket_.size());
  const util::Fd fd(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ::sendto(fd.get(), state.data(), state.size(), MSG_NOSIGNAL,
           reinterpret_cast<const sockaddr*>(&address), length);
}

}  // namespace taskman
