#include "cli/commands/held_task.hpp"

#include <poll.h>

#include <algorithm>

#include "cli/client/interrupts.hpp"
#include "common/error/error.hpp"
#include "common/wire/claims.hpp"
#include "common/wire/commands.hpp"
#include "common/wire/entities.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

using namespace std::chrono_literals;
using client::Deadline;
using client::Steady;
using error::Code;
using error::Error;
using model::Status;
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

std::string name_of(model::TaskId id) { return "task " + std::to_string(id.value); }

}  // namespace

HeldTask::HeldTask(Session& session, const wire::Envelope& claimed, const Terms& terms)
    : HeldTask(session, wire::decode_task(claimed.data), terms) {
  current_ = claimed;
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
  if (hold_ == Hold::kOver) return Deadline::never();
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
                  "the lease of " + name_of(id_) +
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
    check();
    if (hold_ == Hold::kOurs) throw;
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
  look();
  check();
}

void HeldTask::look() {
  std::optional<model::Task> task;
  try {
    current_ = session_.api().get(wire::task_path(id_));
    if (current_.cursor) cursor_ = model::to_string(*current_.cursor);
    task = wire::decode_task(current_.data);
  } catch (const Error& failure) {
    if (failure.code() != Code::kNotFound) throw;
  }
  is_gone_ = !task;
  is_changed_ = !task || !is_ours(*task) || task->status != status_;
  if (!is_changed_) deed_.reset();
  // The log is long, and what is found in it once stays so.
  if (is_changed_)
    if (auto deed = find_deed(session_.api(), id_, token_)) deed_ = std::move(deed);
  hold_ = hold_of(task);
  if (hold_ != Hold::kOurs) ends_ = due_ = Steady::time_point::max();
}

HeldTask::Hold HeldTask::hold_of(const std::optional<model::Task>& task) const {
  if (task && is_ours(*task)) return Hold::kOurs;
  if (task && task->lease) return Hold::kLost;
  const bool is_closed = task && !model::is_open(task->status);
  // Closed under our lease, by whomever, it is nobody else's to work on.
  if (is_closed && deed_ && deed_->status && !model::is_open(*deed_->status)) return Hold::kOver;
  if (!is_by_us()) return Hold::kLost;
  return task && !is_closed ? Hold::kLeft : Hold::kOver;
}

bool HeldTask::is_ours(const model::Task& task) const {
  return task.lease && task.lease->token == token_;
}

bool HeldTask::is_by_us() const { return deed_ && deed_->actor == session_.actor(); }

void HeldTask::check() const {
  if (hold_ != Hold::kLost) return;
  const auto task = wire::decode_task(current_.data);
  std::string message = name_of(id_);
  if (!is_gone_ && task.lease) {
    message += " is claimed by " + task.lease->holder + " under another lease: its token is " +
               std::to_string(task.lease->token) + ", not " + std::to_string(token_);
  } else {
    message += " is no longer claimed by " + session_.actor() + ": " +
               (deed_ ? deed_->text : "it is " + std::string(model::name(task.status)));
  }
  throw Error(Code::kClaimed, message,
              "what was done under the claim does not count; who did what: taskman task log " +
                  std::to_string(id_.value),
              {{"lease", "lost"}});
}

void HeldTask::settle(const Ending& ending, const std::function<int()>& interrupted) {
  const auto deadline = Deadline::after(session_.api().options().timeout);
  for (;;) {
    try {
      return settle_once(ending);
    } catch (const Error& failure) {
      if (failure.code() == Code::kNotFound) throw loss(failure);
      if (is_loss(failure)) throw;
      if (const int signal = interrupted())
        throw client::Interrupted{
            signal, unsettled(ending, {Code::kOutcomeUnknown, client::ended_by(signal)})};
      if (!error::row(failure.code()).retryable || deadline.passed())
        throw unsettled(ending, failure);
    }
    ::poll(nullptr, 0, static_cast<int>(kLongestPause.count()) / 4);
  }
}

Error HeldTask::unsettled(const Ending& ending, const Error& why) const {
  const bool is_done = ending.kind == Ending::Kind::kDone;
  return {why.code(),
          name_of(id_) + " is not " + (is_done ? "marked done: " : "given back: ") + why.message(),
          "it is yours until its lease ends; then: taskman task " +
              std::string(is_done ? "done " : "release ") + std::to_string(id_.value) +
              " --token " + std::to_string(token_)};
}

void HeldTask::settle_once(const Ending& ending) {
  look();
  check();
  if (hold_ == Hold::kOurs) put(ending);
  if (ending.kind == Ending::Kind::kDone) check_done();
}

/// What is moved to another state is given back as it is.
void HeldTask::put(const Ending& ending) {
  const wire::Fence fence{.token = token_};
  const auto is_meant = [&](Ending::Kind kind) { return !is_changed_ && ending.kind == kind; };
  if (is_meant(Ending::Kind::kBlocked)) return block(ending.reason);
  const bool is_done = is_meant(Ending::Kind::kDone);
  auto& api = session_.api();
  current_ =
      api.write({.method = "POST",
                 .path = wire::task_path(id_, is_done ? "done" : "release"),
                 .body = is_done ? wire::encode(wire::VerbInput{.reason = {}, .fence = fence})
                                 : wire::encode(wire::Release{.fence = fence}),
                 .key = api.new_key()});
}

/// In one change, so that one undo takes it back.
void HeldTask::block(const std::string& reason) {
  const auto line = [&](std::string_view verb, wire::Members more) {
    more.emplace_back("verb", wire::quote(verb));
    more.emplace_back("id", std::to_string(id_.value));
    more.emplace_back("token", std::to_string(token_));
    return wire::object_of(more) + "\n";
  };
  auto& api = session_.api();
  api.send(
      {.method = "POST",
       .path = std::string(wire::kBatch),
       .body = line("task block", {{"reason", wire::quote(reason)}}) + line("task release", {}),
       .content_type = "application/x-ndjson",
       .key = api.new_key()});
  look();
}

/// Who reads our exit code takes the task for done.
void HeldTask::check_done() const {
  if (!is_changed_ || is_by_us() || (deed_ && deed_->status == Status::kDone)) return;
  throw Error(Code::kConflict,
              name_of(id_) + " is not marked done: " + (deed_ ? deed_->text : "it was changed") +
                  " meanwhile",
              "who did what: taskman task log " + std::to_string(id_.value));
}

std::string HeldTask::outcome() const {
  if (is_gone_) return "deleted";
  const auto status = wire::decode_task(current_.data).status;
  if (status == Status::kTodo) return "released";
  std::string said(model::name(status));
  std::ranges::replace(said, '_', ' ');
  return said;
}

}  // namespace taskman::cli
