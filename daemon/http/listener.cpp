#include "daemon/http/listener.hpp"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace taskman::http {
namespace {

constexpr int kBatch = 64;
constexpr std::chrono::milliseconds kPause{100};

util::Fd open_reserve() { return util::Fd(::open("/dev/null", O_RDONLY | O_CLOEXEC)); }

int accept_from(int fd) { return ::accept4(fd, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK); }

bool is_of_the_client(int error) {
  return error == EINTR || error == ECONNABORTED || error == EPROTO;
}

}  // namespace

Listener::Listener(ListenerParts parts) : parts_(std::move(parts)), reserve_(open_reserve()) {
  parts_.loop.add(parts_.fd, EPOLLIN, *this);
}

Listener::~Listener() { stop(); }

void Listener::stop() {
  if (std::exchange(stopped_, true)) return;
  while (accept_one() == Outcome::kAccepted) {
  }
  parts_.loop.cancel(pause_);
  parts_.loop.remove(parts_.fd);
}

void Listener::on_ready(std::uint32_t) {
  for (int i = 0; i < kBatch; ++i) {
    const Outcome outcome = accept_one();
    if (outcome == Outcome::kNothing) return;
    if (outcome == Outcome::kExhausted) {
      shed_waiting();
      return pause();
    }
  }
}

Listener::Outcome Listener::accept_one() {
  util::Fd fd(accept_from(parts_.fd));
  if (fd) {
    parts_.accepted(std::move(fd));
    return Outcome::kAccepted;
  }
  if (errno == EAGAIN) return Outcome::kNothing;
  if (is_of_the_client(errno)) return Outcome::kAccepted;
  if (parts_.log) {
    parts_.log({util::LogLevel::kWarning,
                "cannot accept connections for a moment",
                {{"error", std::strerror(errno)}}});
  }
  return Outcome::kExhausted;
}

void Listener::shed_waiting() {
  for (int i = 0; i < kBatch && reserve_; ++i) {
    reserve_.reset();
    util::Fd fd(accept_from(parts_.fd));
    const bool none_waits = !fd;
    if (fd) parts_.shed(std::move(fd));
    reserve_ = open_reserve();
    if (none_waits) return;
  }
}

void Listener::pause() {
  parts_.loop.modify(parts_.fd, 0);
  pause_ = parts_.loop.call_after(kPause, [this] { resume(); });
}

void Listener::resume() {
  if (!reserve_) reserve_ = open_reserve();
  parts_.loop.modify(parts_.fd, EPOLLIN);
}

}  // namespace taskman::http
