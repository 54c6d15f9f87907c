#include "cli/client/follower.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "common/wire/fields.hpp"
#include "common/wire/paths.hpp"

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
constexpr auto kUsualRetry = 1'000ms;  // to three times that; hello tells another
constexpr int kSoonShare = 100;        // of the retry: 10 to 30 ms
constexpr std::string_view kShutdown = "shutdown";
constexpr std::string_view kFull = "full";  // of a goodbye: we were not let in
constexpr std::string_view kAge = "age";    // … it was planned: come back

/// Trouble that passes: the daemon is away, restarting, or busy.
bool is_passing(const error::Error& failure) {
  return error::row(failure.code()).retryable || failure.code() == Code::kConflict;
}

/// Another for each of many.
std::chrono::milliseconds usual_retry(util::Random& random) {
  const auto spread = static_cast<std::uint64_t>(2 * kUsualRetry.count() + 1);
  return kUsualRetry + std::chrono::milliseconds(static_cast<std::int64_t>(random.next() % spread));
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
      retry_(usual_retry(*api_.options().random)),
      pause_(soon()),
      revive_at_(Deadline::after(0ms)) {
  api_.give_up_on(wakeups_.end_descriptor());
  // Who was answered has seen a daemon: one that was stopped since stays so.
  if (api_.connections() > 0) api_.limit_autostart(Autostart::kIfDied);
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
    const bool is_full = failure.code() == Code::kOverloaded;
    const bool is_gone = failure.code() == Code::kUnreachable && api_.connections() > 0;
    if (!started_ && !is_full && !is_gone) throw;
    if (!is_passing(failure)) throw;
    return lose(
        {.reason = failure.message(), .reached = is_full || failure.code() == Code::kTimeout});
  }
}

std::optional<Happening> Follower::step(const Deadline& deadline) {
  if (stream_) return step_stream(deadline);
  if (!again_at_.passed()) return wait_for_try(deadline);
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

std::optional<Happening> Follower::wait_for_try(const Deadline& deadline) {
  auto happened = wait(comes_back_ ? comes_back_->descriptor() : -1, deadline, again_at_);
  if (comes_back_ && comes_back_->take()) again_at_ = Deadline::after(soon());
  return happened;
}

std::chrono::milliseconds Follower::soon() const { return retry_ / kSoonShare; }

/// Who died is given the time to be brought back by whoever needs it, rather than by all that
/// watched it, at once: what happens then is told by the socket.
Autostart Follower::autostart() const {
  return revive_at_.passed() ? Autostart::kYes : Autostart::kNo;
}

/// There is an answer, so whatever was wrong is over.
void Follower::be_let_in() {
  trouble_.clear();
  is_leaving_ = false;
  pause_ = soon();
  comes_back_.reset();
  api_.limit_autostart(Autostart::kIfDied);
}

Happening Follower::arrive() {
  const bool first = !std::exchange(started_, true);
  lost_ = false;
  be_let_in();
  return {first ? Kind::kStarted : Kind::kBack};
}

/// None when that was told before.
std::optional<Happening> Follower::lose(Loss loss) {
  cut_ = is_cut_off(loss) ? cut_ + 1 : 0;
  const bool is_planned = bye_ == kAge;
  is_leaving_ = is_leaving_ || bye_ == kShutdown;
  stream_.reset();
  ahead_.reset();
  bye_.clear();
  opening_ = false;
  trouble_ = loss.reason;
  if (cut_ >= kCutsToPoll && is_same_there()) return poll_instead(std::move(loss.reason));
  const bool was_told = std::exchange(lost_, !is_planned || lost_);
  if (lost_ && !was_told) revive_at_ = Deadline::after(retry_);
  plan_return(loss.reached);
  if (is_planned || was_told) return std::nullopt;
  return Happening{Kind::kLost, std::move(loss.reason)};
}

/// Soon once, then as the daemon wished: its return is noticed by its socket. Where that cannot be,
/// and of one that is there, ever more seldom.
void Follower::plan_return(bool is_there) {
  again_at_ = Deadline::after(pause_);
  const auto& socket = api_.options().plan.paths.socket;
  if (lost_ && !(comes_back_ && comes_back_->works())) comes_back_.emplace(socket);
  const bool is_noticed = comes_back_ && comes_back_->works() && !is_there;
  const auto longer =
      is_noticed ? retry_ : std::min<std::chrono::milliseconds>(2 * pause_, kLongestPause);
  pause_ = std::max(pause_, longer);
}

/// Something between us and the daemon that does not let streams through, rather than the daemon,
/// which would have said goodbye, or not be there. Or it has no room for streams.
bool Follower::is_cut_off(const Loss& loss) const {
  if (opening_) return loss.reached && !is_leaving_;
  return stream_ && (bye_.empty() || bye_ == kFull) && Steady::now() - opened_ < kShortLife;
}

/// It answers, only not by streams. Who dies listens a little longer, and another may come then.
bool Follower::is_same_there() {
  try {
    api_.send({.path = std::string(wire::kHealth), .autostart = Autostart::kNo, .timeout = 1s});
  } catch (const error::Error& failure) {
    if (failure.code() == Code::kOverloaded) return true;
    cut_ = 0;
    return false;
  }
  take_door();
  return cut_ > 0;
}

/// Who is not let in tries ever more seldom, unless told when to come back.
void Follower::on_bye(const StreamEvent& bye) {
  bye_ = wire::field_text(bye.data, "reason").value_or("unknown");
  retry_ = bye.retry.value_or(retry_);
  if (bye_ != kFull) pause_ = soon();
  if (bye_ == kFull && bye.retry) pause_ = retry_;
  if (bye_ == kFull) throw ConnectionLost{"it has too many readers"};
  throw ConnectionLost{bye_ == kShutdown ? "it shuts down" : "it said goodbye: " + bye_};
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
