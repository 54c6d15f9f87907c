#include "cli/client/follower.hpp"

#include <algorithm>
#include <cstdlib>

#include "common/error/error.hpp"
#include "common/time/text.hpp"
#include "common/util/text.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/json.hpp"
#include "common/wire/paths.hpp"
#include "common/wire/views.hpp"

namespace taskman::client {
namespace {

using namespace std::chrono_literals;
using error::Code;

constexpr auto kFirstPause = 50ms;
constexpr auto kLongestPause = 2000ms;
constexpr auto kDefaultHeartbeat = 15000ms;
constexpr double kHeartbeatsToSilence = 2.5;
constexpr auto kOneCall = 10s;

std::chrono::milliseconds silence_after(std::chrono::milliseconds heartbeat) {
  return std::chrono::milliseconds(
      static_cast<std::int64_t>(kHeartbeatsToSilence * static_cast<double>(heartbeat.count())));
}

/// Trouble that passes: the daemon is away, restarting, or busy.
bool is_passing(const error::Error& failure) {
  return error::row(failure.code()).retryable || failure.code() == Code::kConflict;
}

}  // namespace

Follower::Follower(Api& api, Wakeups& wakeups, FollowPlan plan)
    : api_(api),
      wakeups_(wakeups),
      plan_(std::move(plan)),
      cursor_(plan_.since.value_or("")),
      silence_(silence_after(kDefaultHeartbeat)),
      heard_until_(Deadline::never()),
      again_at_(Deadline::after(0ms)),
      pause_(kFirstPause) {
  api_.give_up_on(wakeups_.end_descriptor());
}

Happening Follower::next(const Deadline& deadline) {
  for (;;) {
    if (!frames_.empty()) {
      Happening frame{Kind::kFrame, std::move(frames_.front())};
      frames_.pop_front();
      return frame;
    }
    if (auto happened = try_step(deadline)) return std::move(*happened);
  }
}

std::optional<Happening> Follower::try_step(const Deadline& deadline) {
  try {
    return step(deadline);
  } catch (const ConnectionLost& gone) {
    return lose(gone.reason);
  } catch (const error::Error& failure) {
    // A signal ends a call as time does; what is waited for next tells which it was.
    const bool is_ending = Deadline::never().or_readable(wakeups_.end_descriptor()).passed();
    if (!is_ending && (!started_ || !is_passing(failure))) throw;
    if (is_ending) return wait(-1, deadline, Deadline::never());
    return lose(failure.message());
  }
}

std::optional<Happening> Follower::step(const Deadline& deadline) {
  if (stream_) return step_stream(deadline);
  if (!again_at_.passed()) return wait(-1, deadline, again_at_);
  return plan_.poll ? step_poll() : connect();
}

/// None when `own` passed or the descriptor is readable: go on.
std::optional<Happening> Follower::wait(int fd, const Deadline& deadline, const Deadline& own) {
  const bool ours_first =
      own.poll_timeout() >= 0 &&
      (deadline.poll_timeout() < 0 || own.poll_timeout() <= deadline.poll_timeout());
  switch (wakeups_.wait(fd, ours_first ? own : deadline)) {
    case Wakeups::Reason::kReadable:
      return std::nullopt;
    case Wakeups::Reason::kTime:
      if (ours_first) return std::nullopt;
      return Happening{Kind::kTime};
    case Wakeups::Reason::kResized:
      return Happening{Kind::kResized};
    case Wakeups::Reason::kSuspended:
      return Happening{Kind::kSuspend};
    case Wakeups::Reason::kSignal:
    case Wakeups::Reason::kOutputGone:
      return Happening{Kind::kEnd};
  }
  return std::nullopt;
}

std::optional<Happening> Follower::step_stream(const Deadline& deadline) {
  if (auto event = stream_->next()) {
    heard_until_ = Deadline::after(silence_);
    return on_event(std::move(*event));
  }
  if (heard_until_.passed()) throw ConnectionLost{"the daemon is silent"};
  return wait(stream_->descriptor(), deadline, heard_until_);
}

std::optional<Happening> Follower::on_event(StreamEvent event) {
  if (event.retry) pause_ = *event.retry;
  if (!event.cursor.empty()) cursor_ = event.cursor;
  switch (event.kind) {
    case StreamEvent::Kind::kFrame:
      return Happening{Kind::kFrame, std::move(event.data)};
    case StreamEvent::Kind::kReset:
      return Happening{Kind::kReset, wire::field_text(event.data, "reason").value_or("unknown")};
    case StreamEvent::Kind::kHeartbeat:
    case StreamEvent::Kind::kBye:
      return std::nullopt;
    case StreamEvent::Kind::kHello:
      break;
  }
  const auto heartbeat = wire::field_text(event.data, "heartbeat");
  if (heartbeat)
    silence_ = silence_after(
        std::chrono::milliseconds(static_cast<std::int64_t>(1000 * std::atof(heartbeat->c_str()))));
  heard_until_ = Deadline::after(silence_);
  return arrive();
}

std::optional<Happening> Follower::connect() {
  Call call{.path = std::string(wire::kEvents),
            .query = plan_.query,
            .headers = {{"Accept", "text/event-stream"}}};
  if (!cursor_.empty()) call.query.emplace_back("since", cursor_);
  const auto deadline = Deadline::after(kOneCall).or_readable(wakeups_.end_descriptor());
  stream_.emplace(api_.open_stream(call, {deadline, autostart()}));
  heard_until_ = Deadline::after(silence_);
  return std::nullopt;
}

void Follower::take_head() {
  cursor_ = wire::decode_health(api_.get(std::string(wire::kHealth)).data).head;
}

void Follower::take_page(const HttpAnswer& answer) {
  const auto envelope = wire::decode_envelope(answer.body);
  for (auto& frame : wire::split_array(envelope.data)) frames_.push_back(std::move(frame));
  if (envelope.cursor) cursor_ = model::to_string(*envelope.cursor);
  if (envelope.more.value_or(false)) again_at_ = Deadline::after(0ms);
}

/// Between two polls one may have ended and another begun.
bool Follower::is_other_daemon() {
  if (api_.connections() == connections_) return false;
  const auto health = wire::decode_health(api_.get(std::string(wire::kHealth)).data);
  connections_ = api_.connections();
  const auto now = std::to_string(health.pid) + time::to_rfc3339(health.started_at);
  return std::exchange(daemon_, now) != now && started_;
}

std::optional<Happening> Follower::step_poll() {
  if (cursor_.empty()) take_head();
  Call call{.path = std::string(wire::kEvents),
            .query = plan_.query,
            .headers = {{"If-None-Match", "\"" + cursor_ + "\""}},
            .autostart = autostart()};
  call.query.emplace_back("since", cursor_);
  again_at_ = Deadline::after(*plan_.poll);
  try {
    const HttpAnswer answer = api_.send(call);
    if (answer.status == 200) take_page(answer);
  } catch (const error::Error& failure) {
    if (failure.code() != Code::kCursorGone) throw;
    take_head();
    return Happening{Kind::kReset, failure.message()};
  }
  const bool other = is_other_daemon();
  if (!started_ || lost_) return arrive();
  if (other) return Happening{Kind::kBack, "the daemon was restarted, nothing was missed"};
  return std::nullopt;
}

Happening Follower::arrive() {
  const bool first = !std::exchange(started_, true);
  lost_ = false;
  pause_ = kFirstPause;
  return {first ? Kind::kStarted : Kind::kBack};
}

/// None when that was told before.
std::optional<Happening> Follower::lose(std::string reason) {
  stream_.reset();
  again_at_ = Deadline::after(pause_);
  pause_ = std::min<std::chrono::milliseconds>(
      2 * pause_, std::max<std::chrono::milliseconds>(pause_, kLongestPause));
  if (std::exchange(lost_, true)) return std::nullopt;
  return Happening{Kind::kLost, std::move(reason)};
}

}  // namespace taskman::client
