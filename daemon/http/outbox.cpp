#include "daemon/http/outbox.hpp"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace taskman::http {

void Outbox::put(std::string head, std::string body) {
  head_ = std::move(head);
  body_ = std::move(body);
  sent_ = 0;
}

Outbox::Progress Outbox::flush(int fd) {
  while (unsent() > 0) {
    const std::size_t of_head = std::min(sent_, head_.size());
    const std::size_t of_body = sent_ - of_head;
    std::array<iovec, 2> parts{{{head_.data() + of_head, head_.size() - of_head},
                                {body_.data() + of_body, body_.size() - of_body}}};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    const ssize_t count = ::sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count >= 0) {
      sent_ += static_cast<std::size_t>(count);
    } else if (errno != EINTR) {
      return errno == EAGAIN ? Progress::kBlocked : Progress::kBroken;
    }
  }
  put({}, {});
  return Progress::kDone;
}

std::string Outbox::take_rest() {
  std::string rest = std::exchange(head_, {}) + std::exchange(body_, {});
  rest.erase(0, std::exchange(sent_, 0));
  return rest;
}

}  // namespace taskman::http
