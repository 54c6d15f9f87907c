// What readers get, and in which order.
#include "daemon/feed/hub.hpp"

#include <sys/epoll.h>

#include <exception>
#include <utility>

namespace taskman::feed {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr auto kTurn = 2ms;       // how long readers may keep the loop from its other work
constexpr auto kHearing = 500us;  // … for those who say more than their share
constexpr auto kRetryStore = 1s;  // after the store failed to read
constexpr int kTicksPerHeartbeat = 30;
constexpr int kReadersPerLook = 16;  // at the clock

}  // namespace

Hub::Hub(net::EventLoop& loop, store::Store& store, util::Random& random, HubOptions options)
    : loop_(loop),
      store_(store),
      jitter_(static_cast<std::minstd_rand::result_type>(random.next())),
      options_(std::move(options)),
      log_(store, options_.cache_bytes),
      parking_(loop, log_),
      deadlines_(std::max<std::chrono::milliseconds>(options_.heartbeat / kTicksPerHeartbeat, 1ms)),
      farewells_(loop) {}

Hub::~Hub() = default;

void Hub::wake() {
  // Nobody waits: whoever comes next reads the head after it is counted, so it misses nothing.
  if (is_alone() || woken_.exchange(true)) return;
  loop_.post([this] { look(); });
}

bool Hub::is_alone() const { return subscriptions_ == 0 && parking_.size() == 0; }

void Hub::look() {
  woken_ = false;
  const model::Cursor head = store_.head();
  if (!narrow_.empty()) find_concerned(head);
  head_ = head;
  // Usually all readers are idle: then the lists change their names, and no reader has to be
  // touched.
  if (ready_->empty()) std::swap(ready_, idle_);
  while (!idle_->empty()) move(idle_->front(), *ready_);
  if (!serving_later_) serve();
  if (!polls_later_) bring_polls_on();
}

/// Of those who named what they want, the ones whom what is new concerns are behind now; all others
/// want nothing of it.
void Hub::find_concerned(const model::Cursor& head) {
  model::Cursor before = head_;
  try {
    while (before.rev < head.rev) {
      const auto entry = log_.find(before.rev + 1);
      if (entry == nullptr) break;  // pruned: each looks for itself
      index_.for_readers_of(*entry, [&](Reader& reader) {
        if (reader.list != &narrow_) return;
        reader.skip_to(before);
        move(reader, *ready_);
      });
      before = entry->log().cursor;
    }
  } catch (const std::exception&) {
    // Whoever serves them tries again, and tells.
  }
  while (before.rev < head.rev && !narrow_.empty()) {
    narrow_.front().skip_to(before);
    move(narrow_.front(), *ready_);
  }
}

void Hub::bring_polls_on() {
  try {
    polls_later_ = parking_.bring_on(head_.rev);
    if (polls_later_) loop_.post([this] { bring_polls_on(); });
  } catch (const std::exception& failure) {
    note({util::LogLevel::kError, "the feed cannot read the log", {{"reason", failure.what()}}});
    polls_later_ = true;
    loop_.call_after(kRetryStore, [this] { bring_polls_on(); });
  }
}

// A turn: brings on readers until all are caught up or blocked, or the time is up.
void Hub::serve() {
  Reader::Turn turn{.head = head_.rev, .now = Steady::now()};
  const auto until = turn.now + kTurn;
  try {
    for (int count = 1; !ready_->empty(); ++count) {
      Reader& reader = ready_->front();
      const std::int64_t before = reader.frames_sent();
      turns_.fetch_add(1, std::memory_order_relaxed);
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
      move(reader, idle_list(reader));
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

/// An idle reader stands at the head, also one that nobody had to tell.
void Hub::catch_up(Reader& reader) const {
  if (reader.list == &narrow_) reader.skip_to(head_);
}

// Asked for only while the socket is full: else every read of the other side would wake the loop.
void Hub::ask_for_room(Reader& reader, bool asked) {
  if (reader.waits_for_room == asked) return;
  reader.waits_for_room = asked;
  loop_.modify(reader.descriptor(), reader.events());
  set_deadline(reader);
}

void Hub::on_reader(Reader& reader, std::uint32_t events) {
  if ((events & (EPOLLHUP | EPOLLRDHUP | EPOLLERR)) != 0) return close(reader);
  if ((events & EPOLLIN) != 0 && !reader.is_unheard && !hear(reader)) return;
  if ((events & EPOLLOUT) != 0 && reader.list == &blocked_) {
    move(reader, *ready_);
    serve_later();
  }
}

/// False when that was its end.
bool Hub::hear(Reader& reader) {
  const Heard heard = reader.read_input();
  if (heard == Heard::kEnd) {
    see_off(reader);
    return false;
  }
  if (heard == Heard::kPart) {
    reader.is_unheard = true;
    unheard_.push_back(&reader);
    hear_later();
  }
  if (reader.has_answers() && reader.list == &idle_list(reader)) {
    catch_up(reader);
    move(reader, *ready_);
    serve_later();
  }
  return true;
}

void Hub::hear_later() {
  if (!std::exchange(hearing_later_, true)) loop_.post([this] { hear_on(); });
}

// Those who say more than is read in one turn are heard on in the next, however fast they speak.
void Hub::hear_on() {
  hearing_later_ = false;
  const auto until = Steady::now() + kHearing;
  for (auto left = unheard_.size(); left > 0 && Steady::now() < until; --left) {
    Reader& reader = *unheard_.front();
    unheard_.pop_front();
    reader.is_unheard = false;
    hear(reader);
  }
  if (!unheard_.empty()) hear_later();
}

HubFigures Hub::figures() const {
  return {.subscriptions = subscriptions_,
          .parked_polls = static_cast<std::int64_t>(parking_.size()),
          .turns = turns_,
          .frames_sent = frames_sent_,
          .resets = resets_,
          .slow_closed = slow_closed_};
}

void Hub::note(const util::LogRecord& record) const {
  if (options_.log) options_.log(record);
}

}  // namespace taskman::feed
