#include "cli/commands/held_task.hpp"

#include <algorithm>

#include "common/error/error.hpp"
#include "common/wire/claims.hpp"
#include "common/wire/commands.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

using client::Steady;
using error::Code;
using error::Error;
using std::chrono::milliseconds;

constexpr int kRenewals = 3;  // in the time of a lease
constexpr int kRetries = 20;  // the same, while the daemon is away
constexpr milliseconds kLongestPause{1'000};

/// Deleted, closed or taken by another: it will not be ours again.
bool is_loss(const Error& failure) {
  return failure.code() == Code::kClaimed || failure.code() == Code::kNotFound ||
         failure.code() == Code::kConflict;
}

}  // namespace

HeldTask::HeldTask(Session& session, model::TaskId id, const Terms& terms)
    : session_(session),
      id_(id),
      token_(terms.token),
      lease_(terms.lease),
      ends_(terms.asked + terms.lease),
      due_(terms.asked + terms.lease / kRenewals) {}

client::Deadline HeldTask::next_renewal() const {
  const auto left = std::chrono::ceil<milliseconds>(due_ - Steady::now());
  return client::Deadline::after(std::max(left, milliseconds{0}));
}

void HeldTask::renew() {
  const auto asked = Steady::now();
  const auto left = std::chrono::floor<milliseconds>(ends_ - asked);
  if (left.count() <= 0)
    throw Error(Code::kClaimed,
                "the lease of task " + std::to_string(id_.value) + " ran out before it was renewed",
                "the daemon could not be reached, or this process was stopped meanwhile");
  try {
    session_.api().send({.method = "POST",
                         .path = wire::task_path(id_, "renew"),
                         .body = wire::encode(wire::Renewal{lease_, token_}),
                         .autostart = client::Autostart::kIfDied,
                         .timeout = left});
    ends_ = asked + lease_;
    due_ = asked + lease_ / kRenewals;
  } catch (const Error& failure) {
    if (is_loss(failure)) throw Error(Code::kClaimed, failure.message(), {}, failure.fields());
    session_.verbose("taskman: not renewed: " + failure.message());
    due_ = std::min(Steady::now() + std::min(lease_ / kRetries, kLongestPause), ends_);
  }
}

wire::Envelope HeldTask::done() {
  return finish("done", wire::encode(wire::VerbInput{.reason = {}, .fence = {.token = token_}}));
}

wire::Envelope HeldTask::release() {
  return finish("release", wire::encode(wire::Release{.fence = {.token = token_}}));
}

wire::Envelope HeldTask::finish(std::string_view verb, std::string body) {
  try {
    return session_.api().write(
        {.method = "POST", .path = wire::task_path(id_, verb), .body = std::move(body)});
  } catch (const Error& failure) {
    if (!is_loss(failure)) throw;
    throw Error(Code::kClaimed, failure.message(), failure.hint(), failure.fields());
  }
}

}  // namespace taskman::cli
