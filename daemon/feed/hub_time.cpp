// When readers are due: heartbeats, and the end of those that take nothing.
#include "daemon/feed/hub.hpp"

#include "daemon/feed/stream_text.hpp"

namespace taskman::feed {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::size_t kIdleCache = 256 * 1024;

}  // namespace

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
    note({util::LogLevel::kInfo,
          "closed a reader that takes nothing",
          {{"actor", reader.client().actor}, {"origin", reader.client().origin}}});
    return close(reader);
  }
  if (reader.list == &idle_list(reader)) {
    catch_up(reader);
    reader.beat();
    if (is_too_old(reader)) return say_bye(reader, "age");
    move(reader, *ready_);
  }
  set_deadline(reader);
}

// Looked at with the heartbeats, whose times are spread.
bool Hub::is_too_old(const Reader& reader) const {
  return options_.max_age.count() > 0 && Steady::now() - reader.since() >= options_.max_age;
}

std::chrono::milliseconds Hub::spread(std::chrono::milliseconds from,
                                      std::chrono::milliseconds to) {
  return std::chrono::milliseconds(
      std::uniform_int_distribution<std::int64_t>(from.count(), to.count())(jitter_));
}

}  // namespace taskman::feed
