#include "daemon/http/connection.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <cerrno>
#include <utility>

#include "common/error/error.hpp"
#include "daemon/http/gate.hpp"
#include "daemon/http/large_answer.hpp"

namespace taskman::http {
namespace {

// Reads in a row before others have their turn.
constexpr int kTurn = 4;

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

Connection::Connection(ConnectionHost& host, util::Fd fd, const Peer& peer)
    : host_(host),
      fd_(std::move(fd)),
      peer_(peer),
      since_(Clock::now()),
      let_in_(peer.gate == nullptr),
      reader_(host.limits, host.budgets),
      out_charge_(host.budgets.answers) {
  if (!let_in_) ++host_.traffic.strangers;
}

void Connection::start() {
  host_.loop.add(fd_.get(), EPOLLIN | EPOLLRDHUP | EPOLLET, *this);
  arm(since_ + patience());
}

void Connection::drain() {
  if (loop_owns()) guarded(&Connection::step);
}

void Connection::abort() {
  if (loop_owns()) close();
}

bool Connection::loop_owns() {
  // A worker that finds the news looks at the connection again when it is done.
  Owner owner = Owner::kWorker;
  if (owner_.compare_exchange_strong(owner, Owner::kWorkerWithNews, std::memory_order_acq_rel))
    return false;
  return owner == Owner::kLoop;
}

void Connection::give_back(Step first) {
  owner_.store(Owner::kLoop, std::memory_order_release);
  post(first);
}

void Connection::post(Step what) {
  // By the time it runs an event may have led to the next request, and a worker has the connection.
  host_.loop.post([self = shared_from_this(), what] {
    if (self->loop_owns()) self->guarded(what);
  });
}

void Connection::guarded(Step what) {
  if (phase_ == Phase::kClosed) return;
  try {
    (this->*what)();
  } catch (const std::exception&) {  // out of memory: this connection ends, the others go on
    host_.traffic.reject("failure");
    close();
  }
}

void Connection::on_ready(std::uint32_t events) {
  if ((events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) hung_up_ = true;
  if ((events & (EPOLLHUP | EPOLLERR)) != 0) gone_ = true;
  if (loop_owns()) guarded(&Connection::step);
}

void Connection::step() {
  switch (phase_) {
    case Phase::kReading:
      return read();
    case Phase::kSending:
      return flush();
    case Phase::kDraining:
      return discard();
    case Phase::kParked:
      if (gone_) close();
      return;
    case Phase::kAnswering:
    case Phase::kClosed:
      return;
  }
}

void Connection::read() {
  for (int turn = 0; turn < kTurn; ++turn) {
    const ssize_t count = ::recv(fd_.get(), host_.scratch.data(), host_.scratch.size(), 0);
    if (count == 0) return ended_by_peer();
    if (count < 0) {
      if (errno == EINTR) continue;
      if (errno != EAGAIN) return close();
      more_ = false;
      if (host_.draining && reader_.state() == MessageReader::State::kIdle) close();
      return;
    }
    if (feed(static_cast<std::size_t>(count))) return;
    // A short read of a stream socket emptied it; the next byte is a new event.
    if (!more_ && !host_.draining) return;
  }
  post(&Connection::step);
}

/// True when the request is complete or refused, and reading ends for now.
bool Connection::feed(std::size_t count) {
  using State = MessageReader::State;
  host_.traffic.received.fetch_add(count, std::memory_order_relaxed);
  more_ = hung_up_ || count == host_.scratch.size();
  switch (reader_.feed({host_.scratch.data(), count})) {
    case State::kIdle:
      wait_for(Wait::kIdle);
      return false;
    case State::kHead:
      wait_for(Wait::kHead);
      return false;
    case State::kBody:
      if (!admit()) return true;
      wait_for(Wait::kBody);
      if (reader_.take_expectation())
        ::send(fd_.get(), kContinue.data(), kContinue.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      return false;
    case State::kComplete:
      if (admit()) dispatch();
      return true;
    case State::kRefused:
      refuse(reader_.refusal());
      return true;
  }
  return true;
}

/// The router looks at every request. At the first of a connection it is looked at here, before its
/// body: whoever is not let in waits nowhere, and holds nothing.
bool Connection::admit() {
  if (let_in_) return true;
  try {
    peer_.gate->check(reader_.head());
  } catch (const error::Error& why) {
    refuse({why.code(), why.message(), why.hint()});
    return false;
  }
  let_in();
  return true;
}

void Connection::let_in() {
  if (!std::exchange(let_in_, true)) --host_.traffic.strangers;
}

void Connection::ended_by_peer() {
  if (reader_.state() == MessageReader::State::kIdle) return close();
  refuse({error::Code::kMalformedRequest, "the request ended before it was complete", {}});
}

/// After an answer: what is here already, then what the socket has.
void Connection::next() {
  phase_ = Phase::kReading;
  wait_ = Wait::kIdle;
  since_ = Clock::now();
  switch (reader_.state()) {
    case MessageReader::State::kComplete:
      return dispatch();
    case MessageReader::State::kRefused:
      return refuse(reader_.refusal());
    case MessageReader::State::kHead:
      wait_for(Wait::kHead);
      return read();
    case MessageReader::State::kBody:
      wait_for(Wait::kBody);
      return read();
    case MessageReader::State::kIdle:
      return read();
  }
}

void Connection::dispatch() {
  message_ = reader_.take();
  more_ = more_ || hung_up_ || reader_.state() != MessageReader::State::kIdle;
  large_ = may_be_large(message_->head.target);
  submit();
}

void Connection::submit() {
  phase_ = Phase::kAnswering;
  host_.traffic.in_flight.fetch_add(1, std::memory_order_relaxed);
  owner_.store(Owner::kWorker, std::memory_order_release);
  if (large_) {
    host_.large_pool.submit(shared_from_this());
    return;
  }
  if (host_.pool.submit(shared_from_this()) == WorkerPool::Submitted::kQueued) host_.queued();
}

void Connection::run() {
  try {
    answer();
  } catch (const std::exception&) {
    host_.traffic.reject("failure");
    give_back(&Connection::close);
  }
}

/// Large answers that nobody reads yet are told to come again before they are made, not dropped
/// when there is no room for them.
Reply Connection::reply_to(Message message) {
  if (!large_ || !host_.budgets.answers.is_half_used())
    return host_.router.answer(std::move(message), peer_);
  host_.traffic.reject("answer_memory");
  return host_.router.refuse({error::Code::kOverloaded, "too many large answers wait to be read",
                              "try again in a moment"});
}

/// To the message; to the same again when it had to wait.
Reply Connection::reply() {
  if (parked_) return std::exchange(parked_, std::nullopt)->again();
  Message message = *std::exchange(message_, std::nullopt);
  const Charge charge = std::move(message.charge);
  manner_ = {.head_only = message.head.method == "HEAD",
             .old_client = message.head.http_1_0,
             .keep_alive = message.head.keep_alive};
  return reply_to(std::move(message));
}

void Connection::answer() {
  Reply answer = reply();
  host_.traffic.in_flight.fetch_sub(1, std::memory_order_relaxed);
  if (answer.poll && (answer.again || !manner_.head_only)) {
    parked_ = std::move(answer);
    return give_back(&Connection::park);
  }
  compose(std::move(answer));
  if (stream_) return give_back(&Connection::hand_over);
  const auto progress = out_.flush(fd_.get());
  // At once: the next large answer is begun by what is known to be held.
  if (progress == Outbox::Progress::kBlocked) out_charge_.settle_made(out_.held());
  if (progress != Outbox::Progress::kDone || !keep_alive_ || more_)
    return give_back(&Connection::flush);

  phase_ = Phase::kReading;
  wait_ = Wait::kIdle;
  since_ = Clock::now();
  Owner owner = Owner::kWorker;
  if (owner_.compare_exchange_strong(owner, Owner::kLoop, std::memory_order_acq_rel)) return;
  give_back(&Connection::step);
}

void Connection::compose(Reply reply) {
  keep_alive_ = manner_.keep_alive && !reply.stream && !host_.draining;
  const auto persistence = reply.status == 101  ? Persistence::kUpgrade
                           : !keep_alive_       ? Persistence::kClose
                           : manner_.old_client ? Persistence::kKeepAliveSaid
                                                : Persistence::kKeepAlive;
  std::string head = host_.writer.write_head(reply, persistence);
  if (manner_.head_only || reply.status == 204 || reply.status == 304) reply.body.clear();
  if (!manner_.head_only) stream_ = std::move(reply.stream);
  out_.put(std::move(head), std::move(reply.body));
  host_.traffic.sent.fetch_add(out_.unsent(), std::memory_order_relaxed);
}

/// The request waits for the feed, without a worker; a client that hangs up ends the wait.
void Connection::park() {
  if (gone_) return close();
  phase_ = Phase::kParked;
  feed::ParkedPoll poll = *std::exchange(parked_->poll, std::nullopt);
  ticket_ = host_.polls.park(std::move(poll), [weak = weak_from_this()](feed::PollAnswer answer) {
    if (const auto self = weak.lock()) self->unpark(std::move(answer));
  });
}

void Connection::unpark(feed::PollAnswer answer) {
  if (phase_ != Phase::kParked) return;
  if (parked_->again) return submit();
  Reply reply = *std::exchange(parked_, std::nullopt);
  const auto complete = std::exchange(reply.complete, nullptr);
  complete(reply, std::move(answer));
  compose(std::move(reply));
  guarded(&Connection::flush);
}

void Connection::refuse(const Refusal& refusal) {
  host_.traffic.reject(error::row(refusal.code).slug);
  Reply reply = host_.router.refuse(refusal);
  keep_alive_ = false;
  std::string head = host_.writer.write_head(reply, Persistence::kClose);
  out_.put(std::move(head), std::move(reply.body));
  host_.traffic.sent.fetch_add(out_.unsent(), std::memory_order_relaxed);
  flush();
}

}  // namespace taskman::http
