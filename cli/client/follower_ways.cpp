// Follower: by a stream, or by asking again and again.

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "cli/client/follower.hpp"
#include "common/time/text.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/json.hpp"
#include "common/wire/paths.hpp"
#include "common/wire/views.hpp"

namespace taskman::client {
namespace {

using namespace std::chrono_literals;
using error::Code;

constexpr double kHeartbeatsToSilence = 2.5;
constexpr auto kOneCall = 10s;
constexpr auto kHelloComes = 5s;  // a stream says hello at once, unless something holds it back
constexpr auto kOftenest = 500ms;
constexpr auto kSeldomest = 10'000ms;

std::chrono::milliseconds silence_after(std::chrono::milliseconds heartbeat) {
  return std::chrono::milliseconds(
      static_cast<std::int64_t>(kHeartbeatsToSilence * static_cast<double>(heartbeat.count())));
}

}  // namespace

std::optional<Happening> Follower::step_stream(const Deadline& deadline) {
  auto event = ahead_ ? std::exchange(ahead_, std::nullopt) : stream_->next();
  if (event) {
    heard_until_ = Deadline::after(silence_);
    return on_event(std::move(*event));
  }
  if (heard_until_.passed()) throw ConnectionLost{"the daemon is silent"};
  return wait(stream_->descriptor(), deadline, heard_until_);
}

std::optional<Happening> Follower::on_event(StreamEvent event) {
  // A hello names where the stream goes on, also when that is after a reset still to come.
  const bool is_hello = event.kind == StreamEvent::Kind::kHello;
  if (!event.cursor.empty() && !is_hello) cursor_ = event.cursor;
  switch (event.kind) {
    case StreamEvent::Kind::kFrame:
      return Happening{Kind::kFrame, std::move(event.data)};
    case StreamEvent::Kind::kReset:
      arrive();
      return Happening{.kind = Kind::kReset,
                       .text = wire::field_text(event.data, "reason").value_or("unknown"),
                       .data = std::move(event.data)};
    case StreamEvent::Kind::kBye:
      on_bye(event);
      return std::nullopt;
    case StreamEvent::Kind::kHeartbeat:
      rest_ = kFirstRest;  // it holds
      return std::nullopt;
    case StreamEvent::Kind::kHello:
      break;
  }
  retry_ = event.retry.value_or(retry_);
  return on_hello(event.data);
}

std::optional<Happening> Follower::on_hello(const std::string& data) {
  // A daemon that is full says so right behind its hello, with which nothing began then.
  ahead_ = stream_->next();
  if (ahead_ && ahead_->kind == StreamEvent::Kind::kBye) return std::nullopt;
  be_let_in();
  api_.hang_up();  // a stream needs no second place
  if (const auto heartbeat = wire::field_text(data, "heartbeat")) {
    silence_ = silence_after(
        std::chrono::milliseconds(static_cast<std::int64_t>(1000 * std::atof(heartbeat->c_str()))));
  }
  heard_until_ = Deadline::after(silence_);
  const bool was_polling = std::exchange(told_polling_, false);
  // It goes on elsewhere than we stood: a reset follows, and something was missed.
  const bool reset_follows =
      started_ && wire::field_text(data, "cursor").value_or(cursor_) != cursor_;
  if (reset_follows) return std::nullopt;
  const bool was_told = lost_ || was_polling;
  if (started_ && !was_told) return std::nullopt;  // as it was planned
  Happening arrived = arrive();
  if (was_polling && arrived.kind == Kind::kBack)
    arrived.text = "streams come through again, nothing was missed";
  return arrived;
}

std::optional<Happening> Follower::connect() {
  // "Now" is when we were started, not when a first hello has come through.
  if (cursor_.empty()) take_head();
  Query query = plan_.query;
  query.emplace_back("since", cursor_);
  // Who was just answered need not wait for a daemon that starts.
  const auto patience = !started_ && api_.connections() > 0 ? kHelloComes : kOneCall;
  const auto deadline = Deadline::after(patience).or_readable(wakeups_.end_descriptor());
  opening_ = true;
  stream_ = open_stream(api_, plan_.push, std::move(query), {deadline, autostart()});
  opening_ = false;
  take_door();
  opened_ = Steady::now();
  heard_until_ = Deadline::after(kHelloComes);
  return std::nullopt;
}

/// Another socket is another daemon's: what ended the one before it was no cut.
void Follower::take_door() {
  struct stat facts {};
  if (::stat(api_.options().plan.paths.socket.c_str(), &facts) != 0) return;
  const auto door = std::to_string(facts.st_ino) + "." + std::to_string(facts.st_ctim.tv_sec) +
                    "." + std::to_string(facts.st_ctim.tv_nsec);
  if (door != std::exchange(door_, door)) cut_ = 0;
}

void Follower::take_head() { cursor_ = health().head; }

wire::Health Follower::health() {
  const auto answer = api_.send({.path = std::string(wire::kHealth), .when_full = WhenFull::kTell});
  return wire::decode_health(wire::decode_envelope(answer.body).data);
}

/// Tells it as a stream does.
Happening Follower::start_over(const error::Error& gone) {
  const auto field = [&](std::string_view name) {
    const auto found = std::ranges::find(gone.fields(), name, &error::Field::name);
    return found == gone.fields().end() ? std::string() : found->message;
  };
  const std::string reason = field("since");
  cursor_ = field("head");
  if (cursor_.empty()) take_head();
  is_other_daemon();  // if it is, then that is no news any more
  arrive();
  return {.kind = Kind::kReset,
          .text = reason,
          .data = wire::object_of({{"reason", wire::quote(reason)},
                                   {"oldest", wire::quote(field("oldest"))},
                                   {"head", wire::quote(cursor_)}})};
}

void Follower::take_page(const HttpAnswer& answer) {
  const auto envelope = wire::decode_envelope(answer.body);
  for (auto& frame : wire::split_array(envelope.data)) frames_.push_back(std::move(frame));
  if (envelope.cursor) cursor_ = model::to_string(*envelope.cursor);
  if (envelope.more.value_or(false)) again_at_ = Deadline::after(0ms);
}

/// Spread, so that many who began together do not ask together for ever.
std::chrono::milliseconds Follower::poll_interval() {
  if (plan_.poll && plan_.poll != FollowPlan::kAsChangesCome) return *plan_.poll;
  const auto fifth = pace_.count() / 5;
  const auto shift = static_cast<std::int64_t>(api_.options().random->next() %
                                               static_cast<std::uint64_t>(2 * fifth + 1));
  return pace_ + std::chrono::milliseconds(shift - fifth);
}

/// Between two polls one may have ended and another begun.
bool Follower::is_other_daemon() {
  if (api_.connections() == connections_) return false;
  const auto told = health();
  connections_ = api_.connections();
  const auto now = std::to_string(told.pid) + time::to_rfc3339(told.started_at);
  const auto before = std::exchange(daemon_, now);
  return !before.empty() && before != now;
}

std::optional<Happening> Follower::step_poll() {
  if (cursor_.empty()) take_head();
  Call call{.path = std::string(wire::kEvents),
            .query = plan_.query,
            .headers = {{"If-None-Match", "\"" + cursor_ + "\""}},
            .autostart = autostart(),
            .when_full = WhenFull::kTell};
  call.query.emplace_back("since", cursor_);
  again_at_ = Deadline::after(poll_interval());
  try {
    const HttpAnswer answer = api_.send(call);
    be_let_in();
    if (answer.status == 200) take_page(answer);
    pace_ = frames_.empty() ? std::min<std::chrono::milliseconds>(pace_ * 3 / 2, kSeldomest)
                            : kOftenest;
  } catch (const error::Error& failure) {
    if (failure.code() != Code::kCursorGone) throw;
    return start_over(failure);
  }
  const bool other = is_other_daemon();
  if (!started_ || lost_) return arrive();
  if (other) return Happening{Kind::kBack, "the daemon was restarted, nothing was missed"};
  return std::nullopt;
}

}  // namespace taskman::client
