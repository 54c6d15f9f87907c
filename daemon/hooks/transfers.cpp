#include "daemon/hooks/transfers.hpp"

#include <sys/epoll.h>

#include <chrono>
#include <new>
#include <utility>

#include "daemon/hooks/post.hpp"

namespace taskman::hooks {
namespace {

constexpr long kIdleConnections = 8;

std::uint32_t epoll_events(int what) {
  const std::uint32_t in = what == CURL_POLL_OUT ? 0U : std::uint32_t{EPOLLIN};
  const std::uint32_t out = what == CURL_POLL_IN ? 0U : std::uint32_t{EPOLLOUT};
  return in | out;
}

}  // namespace

Transfers::Transfers(net::EventLoop& loop) : loop_(loop), multi_(curl().multi_init()) {
  if (multi_ == nullptr) throw std::bad_alloc();
  curl().multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &Transfers::on_socket);
  curl().multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl().multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &Transfers::on_timer);
  curl().multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  curl().multi_setopt(multi_, CURLMOPT_MAXCONNECTS, kIdleConnections);
}

Transfers::~Transfers() {
  curl().multi_cleanup(multi_);
  loop_.cancel(timer_);
  for (const auto& [fd, socket] : sockets_) loop_.remove(fd);
}

void Transfers::add(CURL* handle) { curl().multi_add_handle(multi_, handle); }

void Transfers::remove(CURL* handle) { curl().multi_remove_handle(multi_, handle); }

int Transfers::on_socket(CURL*, curl_socket_t fd, int what, void* self, void*) {
  auto& transfers = *static_cast<Transfers*>(self);
  if (what == CURL_POLL_REMOVE) {
    transfers.unwatch(fd);
  } else {
    transfers.watch(fd, epoll_events(what));
  }
  return 0;
}

void Transfers::watch(int fd, std::uint32_t events) {
  auto& socket = sockets_[fd];
  try {
    if (socket) return loop_.modify(fd, events);
    socket = std::make_unique<Socket>(*this, fd);
    loop_.add(fd, events, *socket);
  } catch (const std::exception&) {
    // Not to be waited for: the transfer's own time limit ends it.
  }
}

void Transfers::unwatch(int fd) {
  const auto found = sockets_.find(fd);
  if (found == sockets_.end()) return;
  loop_.remove(fd);
  gone_.push_back(std::move(found->second));
  sockets_.erase(found);
}

int Transfers::on_timer(CURLM*, long milliseconds, void* self) {
  auto& transfers = *static_cast<Transfers*>(self);
  transfers.loop_.cancel(transfers.timer_);
  if (milliseconds < 0) return 0;
  transfers.timer_ =
      transfers.loop_.call_after(std::chrono::milliseconds(milliseconds),
                                 [&transfers] { transfers.act(CURL_SOCKET_TIMEOUT, 0); });
  return 0;
}

void Transfers::Socket::on_ready(std::uint32_t events) {
  int told = 0;
  if ((events & EPOLLIN) != 0) told |= CURL_CSELECT_IN;
  if ((events & EPOLLOUT) != 0) told |= CURL_CSELECT_OUT;
  if ((events & (EPOLLERR | EPOLLHUP)) != 0) told |= CURL_CSELECT_ERR;
  transfers.act(fd, told);
}

void Transfers::act(curl_socket_t fd, int events) {
  int running = 0;
  curl().multi_socket_action(multi_, fd, events, &running);
  tell_done();
  if (gone_.empty()) return;
  // Nobody is told through these any more, but for the one that called us, and it is done.
  loop_.post([gone = std::make_shared<std::vector<std::unique_ptr<Socket>>>(
                  std::exchange(gone_, {}))] { gone->clear(); });
}

void Transfers::tell_done() {
  int left = 0;
  while (const CURLMsg* message = curl().multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    void* post = nullptr;
    curl().easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &post);
    static_cast<Post*>(post)->finish(message->data.result);
  }
}

}  // namespace taskman::hooks
