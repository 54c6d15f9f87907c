#include "cli/client/follower.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "common/wire/fields.hpp"

namespace taskman::client {
namespace {

using namespace std::chrono_literals;
using error::Code;

constexpr auto kLongestPause = 2000ms;
constexpr auto kFirstPace = 500ms;
constexpr auto kUsualSilence = 37'500ms;  // 2.5 heartbeats; hello tells them
constexpr auto kShortLife = 10s;          // a stream that ends sooner, without a word, was cut off
constexpr int kCutsToPoll = 3;
constexpr auto kLongestRest = 1'800'000ms;
constexpr std::string_view kFull = "full";  // of a goodbye: we were not let in
constexpr std::string_view kAge = "age";    // … it was planned: come back

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
      rest_(kFirstRest),
      pace_(kFirstPace),
      silence_(kUsualSilence),
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
    return lose({.reason = gone.reason, .reached = true});
  } catch (const error::Error& failure) {
    // A signal ends a call as time does; what is waited for next tells which it was.
    const bool is_ending = Deadline::never().or_readable(wakeups_.end_descriptor()).passed();
    if (is_ending) return wait(-1, deadline, Deadline::never());
    // Where a stream does not begin, asking may get an answer all the same.
    const bool is_held_back = opening_ && failure.code() == Code::kTimeout;
    if (is_held_back) return lose({.reason = "no stream begins", .reached = true});
    if (!started_ || !is_passing(failure)) throw;
    return lose({.reason = failure.message(), .reached = failure.code() == Code::kTimeout});
  }
}

std::optional<Happening> Follower::step(const Deadline& deadline) {
  if (stream_) return step_stream(deadline);
  if (!again_at_.passed()) return wait(-1, deadline, again_at_);
  return is_polling() ? step_poll() : connect();
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

Happening Follower::arrive() {
  const bool first = !std::exchange(started_, true);
  lost_ = false;
  return {first ? Kind::kStarted : Kind::kBack};
}

/// None when that was told before.
std::optional<Happening> Follower::lose(Loss loss) {
  cut_ = is_cut_off(loss) ? cut_ + 1 : 0;
  const bool is_planned = bye_ == kAge;
  if (stream_ && bye_.empty()) pause_ = kFirstPause;  // it was let in
  stream_.reset();
  ahead_.reset();
  bye_.clear();
  opening_ = false;
  if (cut_ >= kCutsToPoll) return poll_instead(std::move(loss.reason));
  again_at_ = Deadline::after(pause_);
  pause_ = std::min<std::chrono::milliseconds>(
      2 * pause_, std::max<std::chrono::milliseconds>(pause_, kLongestPause));
  if (is_planned || std::exchange(lost_, true)) return std::nullopt;
  return Happening{Kind::kLost, std::move(loss.reason)};
}

/// Something between us and the daemon that does not let streams through, rather than the daemon,
/// which would have said goodbye, or not be there. Or it has no room for streams.
bool Follower::is_cut_off(const Loss& loss) const {
  if (opening_) return loss.reached;
  return stream_ && (bye_.empty() || bye_ == kFull) && Steady::now() - opened_ < kShortLife;
}

/// Who is not let in tries ever more seldom, unless told when to come back.
void Follower::on_bye(const StreamEvent& bye) {
  bye_ = wire::field_text(bye.data, "reason").value_or("unknown");
  if (bye_ != kFull) pause_ = kFirstPause;
  if (bye.retry) pause_ = *bye.retry;
  if (bye_ == kFull) throw ConnectionLost{"it has too many readers"};
  throw ConnectionLost{bye_ == "shutdown" ? "it shuts down" : "it said goodbye: " + bye_};
}

/// Told once, until a stream has come through.
std::optional<Happening> Follower::poll_instead(std::string reason) {
  stream_at_ = Deadline::after(rest_);
  rest_ = std::min<std::chrono::milliseconds>(2 * rest_, kLongestRest);
  cut_ = kCutsToPoll - 1;
  again_at_ = Deadline::after(0ms);
  lost_ = false;
  if (std::exchange(told_polling_, true)) return std::nullopt;
  return Happening{Kind::kPolling, std::move(reason)};
}

bool Follower::is_polling() {
  if (plan_.poll) return true;
  if (stream_at_ && stream_at_->passed()) stream_at_.reset();
  return stream_at_.has_value();
}

}  // namespace taskman::client
