#include "daemon/feed/farewells.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <exception>
#include <utility>

namespace taskman::feed {
namespace {

constexpr std::chrono::seconds kPatience{2};
constexpr std::size_t kMostDropped = 4 * 1024 * 1024;
constexpr std::size_t kMostLeaving = 256;
constexpr int kReadsInTurn = 4;  // of each; what is left is an event again

}  // namespace

Farewells::~Farewells() {
  while (!leaving_.empty()) close(leaving_.front());
}

void Farewells::see_off(util::Fd fd) {
  ::shutdown(fd.get(), SHUT_WR);
  if (leaving_.size() >= kMostLeaving) return;
  Leaving& leaving = leaving_.emplace_back();
  leaving.host = this;
  leaving.place = std::prev(leaving_.end());
  leaving.fd = std::move(fd);
  if (has_ended(leaving)) return leaving_.pop_back();
  try {
    loop_.add(leaving.fd.get(), EPOLLIN | EPOLLRDHUP, leaving);
  } catch (const std::exception&) {  // no watch left: as if it had said nothing
    return leaving_.pop_back();
  }
  leaving.timer = loop_.call_after(kPatience, [this, &leaving] { close(leaving); });
}

bool Farewells::has_ended(Leaving& leaving) {
  std::array<char, 16 * 1024> scratch;
  for (int reads = 0; reads < kReadsInTurn; ++reads) {
    const ssize_t count = ::recv(leaving.fd.get(), scratch.data(), scratch.size(), MSG_DONTWAIT);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return count == 0 || errno != EAGAIN;
    leaving.dropped += static_cast<std::size_t>(count);
  }
  return leaving.dropped > kMostDropped;
}

void Farewells::close(Leaving& leaving) {
  loop_.cancel(leaving.timer);
  loop_.remove(leaving.fd.get());
  leaving_.erase(leaving.place);
}

void Farewells::Leaving::on_ready(std::uint32_t) {
  if (has_ended(*this)) host->close(*this);
}

}  // namespace taskman::feed
