#include "daemon/feed/hub.hpp"

#include <sys/epoll.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "daemon/feed/position.hpp"
#include "daemon/feed/stream_text.hpp"

namespace taskman::feed {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr std::uint32_t kEvents = EPOLLIN | EPOLLRDHUP | EPOLLET;
constexpr auto kTurn = 2ms;       // how long readers may keep the loop from its other work
constexpr auto kRetryStore = 1s;  // after the store failed to read
constexpr int kTicksPerHeartbeat = 60;
constexpr int kReadersPerLook = 16;  // at the clock
constexpr std::size_t kIdleCache = 256 * 1024;

}  // namespace

Hub::Hub(net::EventLoop& loop, store::Store& store, util::Random& random, HubOptions options)
    : loop_(loop),
      store_(store),
      random_(random),
      options_(std::move(options)),
      log_(store, options_.cache_bytes),
      parking_(loop, log_),
      deadlines_(
          std::max<std::chrono::milliseconds>(options_.heartbeat / kTicksPerHeartbeat, 1ms)) {}

Hub::~Hub() = default;

void Hub::wake() {
  // Nobody waits: whoever comes next reads the head after it is counted, so it misses nothing.
  if (is_alone() || woken_.exchange(true)) return;
  loop_.post([this] { look(); });
}

bool Hub::is_alone() const { return subscriptions_ == 0 && parking_.size() == 0; }

void Hub::look() {
  woken_ = false;
  head_ = store_.head().rev;
  // Usually all readers are idle: then the lists change their names, and no reader has to be
  // touched.
  if (ready_->empty()) std::swap(ready_, idle_);
  while (!idle_->empty()) move(idle_->front(), *ready_);
  if (!serving_later_) serve();
  if (!polls_later_) bring_polls_on();
}

void Hub::bring_polls_on() {
  try {
    polls_later_ = parking_.bring_on(head_);
    if (polls_later_) loop_.post([this] { bring_polls_on(); });
  } catch (const std::exception& failure) {
    note({util::LogLevel::kError, "the feed cannot read the log", {{"reason", failure.what()}}});
    polls_later_ = true;
    loop_.call_after(kRetryStore, [this] { bring_polls_on(); });
  }
}

Parking::Ticket Hub::park(ParkedPoll poll, Parking::Done done) {
  const auto ticket = parking_.add(std::move(poll), std::move(done));
  // What was committed before it was counted woke nobody; see wake().
  if (drained_) {
    parking_.drain();
  } else {
    look();
  }
  return ticket;
}

void Hub::unpark(Parking::Ticket ticket) { parking_.remove(ticket); }

// A turn: brings on readers until all are caught up or blocked, or the time is up.
void Hub::serve() {
  Reader::Turn turn{.head = head_, .now = Steady::now()};
  const auto until = turn.now + kTurn;
  try {
    for (int count = 1; !ready_->empty(); ++count) {
      Reader& reader = ready_->front();
      const std::int64_t before = reader.frames_sent();
      const Progress progress = reader.advance(log_, turn);
      frames_sent_.fetch_add(reader.frames_sent() - before, std::memory_order_relaxed);
      place(reader, progress);
      if (count % kReadersPerLook == 0 && (turn.now = Steady::now()) >= until) break;
    }
    if (!ready_->empty()) serve_later();
  } catch (const std::exception& failure) {
    note({util::LogLevel::kError, "the feed cannot read the log", {{"reason", failure.what()}}});
    serving_later_ = true;
    loop_.call_after(kRetryStore, [this] { go_on(); });
  }
}

void Hub::serve_later() {
  if (!std::exchange(serving_later_, true)) loop_.post([this] { go_on(); });
}

void Hub::go_on() {
  serving_later_ = false;
  serve();
}

void Hub::place(Reader& reader, Progress progress) {
  switch (progress) {
    case Progress::kCaughtUp:
      move(reader, *idle_);
      break;
    case Progress::kBehind:
      move(reader, *ready_);
      break;
    case Progress::kBlocked:
      move(reader, blocked_);
      break;
    case Progress::kGone:
      return close(reader);
    case Progress::kLost:
      return start_over(reader);
  }
  ask_for_room(reader, progress == Progress::kBlocked);
}

void Hub::move(Reader& reader, Readers& to) {
  to.splice(to.end(), *reader.list, reader.place);
  reader.list = &to;
}

// Asked for only while the socket is full: else every read of the other side would wake the loop.
void Hub::ask_for_room(Reader& reader, bool asked) {
  if (reader.waits_for_room == asked) return;
  reader.waits_for_room = asked;
  loop_.modify(reader.descriptor(), asked ? kEvents | EPOLLOUT : kEvents);
  set_deadline(reader);
}

void Hub::on_reader(Reader& reader, std::uint32_t events) {
  if ((events & (EPOLLHUP | EPOLLRDHUP | EPOLLERR)) != 0) return close(reader);
  if ((events & EPOLLIN) != 0 && !reader.discard_input()) return close(reader);
  if ((events & EPOLLOUT) != 0 && reader.list == &blocked_) {
    move(reader, *ready_);
    serve_later();
  }
}

void Hub::adopt(util::Fd fd, SubscriptionRequest request, std::string unsent) {
  ++subscriptions_;  // before the head is read; see wake()
  try {
    admit(std::move(fd), std::move(request), std::move(unsent));
  } catch (const std::exception& failure) {
    --subscriptions_;
    return note(
        {util::LogLevel::kError, "the feed cannot take on a reader", {{"reason", failure.what()}}});
  }
  if (drained_) return say_bye(ready_->back(), "shutdown");
  if (is_full()) return say_bye(ready_->back(), "full");
  look();
}

void Hub::admit(util::Fd fd, SubscriptionRequest request, std::string unsent) {
  request.heartbeat = std::min(request.heartbeat, options_.heartbeat);
  const Position position = start_of(request);
  unsent += opening_for(request, position);
  Readers fresh;
  Reader& reader =
      fresh.emplace_back(std::move(fd), std::move(request), position.cursor, std::move(unsent));
  loop_.add(reader.descriptor(), kEvents, reader);
  reader.hub = this;
  reader.list = ready_;
  reader.place = fresh.begin();
  ready_->splice(ready_->end(), fresh);
  set_deadline(reader);
}

Position Hub::start_of(const SubscriptionRequest& request) {
  const model::Cursor head = store_.head();
  // The usual cases need no look into the store.
  if (!request.since || model::parse_cursor(*request.since) == head)
    return {.cursor = head, .head = head};
  Position position;
  store_.read([&](store::ReadTx& tx) { position = feed::locate(tx, *request.since); });
  return position;
}

std::string Hub::opening_for(const SubscriptionRequest& request, const Position& position) {
  Hello hello{.cursor = position.gone ? *request.since : model::to_string(position.cursor),
              .store = store_.id(),
              .heartbeat = request.heartbeat,
              .retry = spread(options_.retry, 3 * options_.retry)};
  if (!position.gone) hello.id = position.cursor;
  std::string text = hello_text(request.encoding, hello);
  if (position.gone) {
    ++resets_;
    text += reset_text(request.encoding, position);
  }
  return text;
}

// The log was pruned under a reader. In the middle of a frame there is no way to say so but to end.
void Hub::start_over(Reader& reader) {
  if (!reader.is_between_frames()) return close(reader);
  Position position;
  store_.read([&](store::ReadTx& tx) {
    const store::LogRange range = tx.log_range();
    position = {.cursor = range.head, .gone = Gone::kPruned, .head = range.head};
    position.oldest = tx.cursor_at(range.oldest).value_or(range.head);
  });
  ++resets_;
  reader.reset(position);
  move(reader, *ready_);
}

void Hub::close(Reader& reader) {
  deadlines_.remove(reader);
  loop_.remove(reader.descriptor());
  reader.list->erase(reader.place);
  if (--subscriptions_ == 0) {
    log_.shrink_to(0);
    arm();
  }
}

void Hub::drain() {
  drained_ = true;
  for (Readers* readers : {idle_, ready_, &blocked_}) {
    while (!readers->empty()) say_bye(readers->front(), "shutdown");
  }
  parking_.drain();
}

void Hub::say_bye(Reader& reader, std::string_view reason) {
  reader.say_goodbye(
      bye_text(reader.encoding(), reason, spread(options_.retry, 3 * options_.retry)));
  close(reader);
}

bool Hub::is_full() const {
  return subscriptions_ > static_cast<std::int64_t>(options_.max_readers);
}

HubFigures Hub::figures() const {
  return {.subscriptions = subscriptions_,
          .parked_polls = static_cast<std::int64_t>(parking_.size()),
          .frames_sent = frames_sent_,
          .resets = resets_,
          .slow_closed = slow_closed_};
}

void Hub::note(const util::LogRecord& record) const {
  if (options_.log) options_.log(record);
}

void Hub::set_deadline(Reader& reader) {
  const auto beat = spread(reader.heartbeat() * 8 / 10, reader.heartbeat() * 12 / 10);
  const auto due =
      reader.waits_for_room ? reader.last_progress() + options_.stuck : Steady::now() + beat;
  deadlines_.set(reader, due);
  arm();
}

// One timer for all of them, and none when there is nothing to wait for.
void Hub::arm() {
  const auto next = deadlines_.next();
  if (next && timer_.number != 0 && timer_.due <= *next) return;
  loop_.cancel(timer_);
  timer_ = next ? loop_.call_at(*next, [this] { on_tick(); }) : net::EventLoop::Timer{};
}

void Hub::on_tick() {
  timer_ = {};
  const auto now = Steady::now();
  while (Reader* reader = deadlines_.take_due(now)) on_deadline(*reader);
  if (ready_->empty() && blocked_.empty()) log_.shrink_to(kIdleCache);
  arm();
  if (!serving_later_) serve();
}

void Hub::on_deadline(Reader& reader) {
  if (reader.waits_for_room && Steady::now() - reader.last_progress() >= options_.stuck) {
    ++slow_closed_;
    note({util::LogLevel::kInfo, "closed a reader that takes nothing", {{"peer", reader.peer()}}});
    return close(reader);
  }
  if (reader.list == idle_) {
    reader.beat();
    move(reader, *ready_);
  }
  set_deadline(reader);
}

std::chrono::milliseconds Hub::spread(std::chrono::milliseconds from,
                                      std::chrono::milliseconds to) {
  const auto width = static_cast<std::uint64_t>((to - from).count()) + 1;
  return from + std::chrono::milliseconds(static_cast<std::int64_t>(random_.next() % width));
}

}  // namespace taskman::feed
