#include "cli/commands/held_task.hpp"

#include <poll.h>

#include <algorithm>

#include "common/error/error.hpp"
#include "common/wire/claims.hpp"
#include "common/wire/commands.hpp"
#include "common/wire/entities.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

using namespace std::chrono_literals;
using client::Deadline;
using client::Steady;
using error::Code;
using error::Error;
using std::chrono::milliseconds;

constexpr int kRenewals = 3;  // in the time of a lease
constexpr int kRetries = 20;  // the same, while the daemon is away
constexpr milliseconds kLongestPause{1'000};
constexpr milliseconds kPatience{1'000};          // with an answer, at least
constexpr std::chrono::seconds kLongestPoll{60};  // the daemon knows up to 300

/// Deleted, closed or taken by another: it will not be ours again.
bool is_loss(const Error& failure) {
  return failure.code() == Code::kClaimed || failure.code() == Code::kNotFound ||
         failure.code() == Code::kConflict;
}

Error loss(const Error& failure) {
  return {Code::kClaimed, failure.message(), failure.hint(), failure.fields()};
}

bool is_absence(const Error& failure) {
  return failure.code() == Code::kUnreachable || failure.code() == Code::kTimeout ||
         failure.code() == Code::kOverloaded;
}

}  // namespace

HeldTask::HeldTask(Session& session, const wire::Envelope& claimed, const Terms& terms)
    : HeldTask(session, wire::decode_task(claimed.data), terms) {
  if (claimed.cursor) cursor_ = model::to_string(*claimed.cursor);
}

HeldTask::HeldTask(Session& session, const model::Task& task, const Terms& terms)
    : session_(session),
      id_(task.id),
      status_(task.status),
      token_(task.lease.value().token),
      lease_(terms.lease),
      ends_(terms.asked + terms.lease),
      due_(terms.asked + terms.lease / kRenewals) {}

Deadline HeldTask::rest() const {
  if (is_closed_) return Deadline::never();
  return Deadline::after(std::max(std::chrono::ceil<milliseconds>(rest_ - Steady::now()), 0ms));
}

void HeldTask::keep() {
  try {
    if (Steady::now() < due_) return follow();
    renew();
  } catch (const Error& failure) {
    if (is_loss(failure)) throw loss(failure);
    const auto now = Steady::now();
    if (now >= ends_)
      throw Error(Code::kClaimed,
                  "the lease of task " + std::to_string(id_.value) +
                      " ran out while the daemon gave no answer: " + failure.message(),
                  "see whose it is: taskman task show " + std::to_string(id_.value));
    session_.verbose("taskman: " + failure.message());
    rest_ = std::min(now + std::min(lease_ / kRetries, kLongestPause), ends_);
  }
}

void HeldTask::renew() {
  const auto asked = Steady::now();
  try {
    auto& api = session_.api();
    api.send({.method = "POST",
              .path = wire::task_path(id_, "renew"),
              .body = wire::encode(wire::Renewal{lease_, token_}),
              .key = api.new_key(),
              .timeout = std::max(std::chrono::floor<milliseconds>(ends_ - asked), kPatience)});
    ends_ = asked + lease_;
    due_ = asked + lease_ / kRenewals;
  } catch (const Error& failure) {
    if (!is_loss(failure)) throw;
    look();
    if (!is_closed_) throw;
  }
}

/// A long poll: that a task is lost is known when it happens, not when the next renewal fails. It
/// is of whole seconds, so that a renewal may come sooner than one could end.
void HeldTask::follow() {
  const auto wait =
      std::min(std::chrono::floor<std::chrono::seconds>(due_ - Steady::now()), kLongestPoll);
  if (wait.count() == 0) {
    rest_ = due_;
    return;
  }
  if (!cursor_.empty()) {
    session_.api().send({.path = std::string(wire::kEvents),
                         .query = {{"since", cursor_},
                                   {"filter", "id:" + std::to_string(id_.value)},
                                   {"wait", std::to_string(wait.count())}},
                         .autostart = client::Autostart::kIfDied,
                         .timeout = wait + kPatience});
  }
  check();
}

void HeldTask::check() {
  const auto task = wire::decode_task(look().data);
  if (!is_ours(task) && !is_closed_) renew();  // the refusal says why
}

wire::Envelope HeldTask::look() {
  auto current = session_.api().get(wire::task_path(id_));
  if (current.cursor) cursor_ = model::to_string(*current.cursor);
  const bool was_ours = Steady::now() < ends_;
  if (was_ours && !model::is_open(wire::decode_task(current.data).status)) is_closed_ = true;
  return current;
}

bool HeldTask::is_ours(const model::Task& task) const {
  return task.lease && task.lease->token == token_;
}

wire::Envelope HeldTask::settle(bool succeeded) {
  const auto deadline = Deadline::after(session_.api().options().timeout);
  for (;;) {
    try {
      return settle_once(succeeded);
    } catch (const Error& failure) {
      if (is_loss(failure)) throw loss(failure);
      if (!is_absence(failure) || deadline.passed())
        throw Error(failure.code(),
                    "task " + std::to_string(id_.value) + " is not " +
                        (succeeded ? "marked done: " : "given back: ") + failure.message(),
                    "it is yours until its lease ends; then: taskman task " +
                        std::string(succeeded ? "done " : "release ") + std::to_string(id_.value) +
                        " --token " + std::to_string(token_));
    }
    ::poll(nullptr, 0, static_cast<int>(kLongestPause.count()) / 4);
  }
}

wire::Envelope HeldTask::settle_once(bool succeeded) {
  auto current = look();
  const auto task = wire::decode_task(current.data);
  if (is_closed_ || (!succeeded && !task.lease)) return current;
  const bool is_done = succeeded && task.status == status_;
  const wire::Fence fence{.token = token_};
  auto& api = session_.api();
  return api.write({.method = "POST",
                    .path = wire::task_path(id_, is_done ? "done" : "release"),
                    .body = is_done ? wire::encode(wire::VerbInput{.reason = {}, .fence = fence})
                                    : wire::encode(wire::Release{.fence = fence}),
                    .key = api.new_key()});
}

}  // namespace taskman::cli
