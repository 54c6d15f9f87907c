// Connection: sending, waiting, ending. All on the loop's thread.

#include <sys/epoll.h>
#include <sys/socket.h>

#include <cerrno>
#include <utility>

#include "daemon/http/connection.hpp"

namespace taskman::http {

void Connection::flush() {
  const std::size_t unsent_before = out_.unsent();
  switch (out_.flush(fd_.get())) {
    case Outbox::Progress::kDone:
      return sent_all();
    case Outbox::Progress::kBlocked:
      return blocked(unsent_before);
    case Outbox::Progress::kBroken:
      return close();
  }
}

void Connection::blocked(std::size_t unsent_before) {
  if (!out_charge_.settle_made(out_.held())) {
    host_.traffic.reject("answer_memory");
    return close();
  }
  const bool progress = out_.unsent() < unsent_before;
  if (phase_ != Phase::kSending || progress) since_ = Clock::now();
  phase_ = Phase::kSending;
  wait_ = Wait::kSend;
  watch(EPOLLOUT);
  arm(since_ + patience());
}

void Connection::sent_all() {
  out_charge_.settle(0);
  watch(0);
  if (keep_alive_) return next();
  // Closing at once could take the answer away from a client that is still sending.
  ::shutdown(fd_.get(), SHUT_WR);
  phase_ = Phase::kDraining;
  wait_for(Wait::kDrain);
  discard();
}

void Connection::hand_over() {
  const auto self = shared_from_this();
  host_.loop.remove(fd_.get());
  host_.traffic.handed_over.fetch_add(1, std::memory_order_relaxed);
  StreamStart start{std::move(fd_), *std::exchange(stream_, std::nullopt), out_.take_rest()};
  close();
  host_.sink(std::move(start));
}

void Connection::discard() {
  while (true) {
    const ssize_t count = ::recv(fd_.get(), host_.scratch.data(), host_.scratch.size(), 0);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) return close();
    drained_ += static_cast<std::size_t>(count);
    if (drained_ > host_.limits.drained_bytes) return close();
  }
}

void Connection::close() {
  const auto self = shared_from_this();
  if (phase_ == Phase::kClosed) return;
  if (phase_ == Phase::kParked) host_.polls.unpark(ticket_);
  phase_ = Phase::kClosed;
  let_in();  // counted no longer
  host_.loop.cancel(timer_);
  if (fd_) host_.loop.remove(fd_.get());
  fd_.reset();
  out_charge_.settle(0);
  message_.reset();
  parked_.reset();
  reader_ = MessageReader(host_.limits,
                          host_.budgets);  // what it held goes now, not with the last reference
  host_.closed(*this);
}

void Connection::watch(std::uint32_t extra_events) {
  const bool output = extra_events != 0;
  if (std::exchange(watches_output_, output) == output) return;
  host_.loop.modify(fd_.get(), EPOLLIN | EPOLLRDHUP | EPOLLET | extra_events);
}

void Connection::wait_for(Wait wait) {
  if (std::exchange(wait_, wait) != wait) since_ = Clock::now();
  arm(since_ + patience());
}

// One timer a connection, set anew only for an earlier time: on the common path, where requests
// come whole, none is touched. One that fires too early finds the true deadline.
void Connection::arm(Clock::time_point due) {
  if (timer_.number != 0 && timer_.due <= due) return;
  host_.loop.cancel(timer_);
  timer_ = host_.loop.call_at(due, [this] { on_timer(); });
}

void Connection::on_timer() {
  timer_ = {};
  const bool answering = owner_.load(std::memory_order_acquire) != Owner::kLoop ||
                         phase_ == Phase::kAnswering || phase_ == Phase::kParked;
  if (answering) return arm(Clock::now() + host_.limits.idle_deadline);
  const auto due = since_ + patience();
  if (Clock::now() < due) return arm(due);
  guarded(&Connection::expire);
}

void Connection::expire() {
  if (wait_ == Wait::kHead || wait_ == Wait::kBody) {
    return refuse({error::Code::kRequestTimeout, "the request did not arrive whole in time", {}});
  }
  if (wait_ != Wait::kIdle) host_.traffic.reject("slow");
  close();
}

Connection::Clock::duration Connection::patience() const {
  switch (wait_) {
    case Wait::kIdle:
      return let_in_ ? host_.limits.idle_deadline : host_.limits.head_deadline;
    case Wait::kHead:
      return host_.limits.head_deadline;
    case Wait::kBody:
      return host_.limits.body_deadline;
    case Wait::kSend:
      return host_.limits.send_deadline;
    case Wait::kDrain:
      return host_.limits.drain_deadline;
  }
  return {};
}

}  // namespace taskman::http
