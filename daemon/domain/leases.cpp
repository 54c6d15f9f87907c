#include "daemon/domain/leases.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "common/error/error.hpp"
#include "common/time/text.hpp"
#include "common/util/text.hpp"
#include "daemon/domain/lifecycle.hpp"

namespace taskman::domain {
namespace {

using error::Code;
using error::Error;
using model::Status;
using model::Task;

[[noreturn]] void refuse_held(const Task& task, std::string hint) {
  const std::string until = time::to_rfc3339(task.lease->until);
  throw Error(
      Code::kClaimed,
      fmt::format("task {} is claimed by {} until {}", task.id.value, task.lease->holder, until),
      std::move(hint),
      {{"holder", task.lease->holder},
       {"until", until},
       {"token", std::to_string(task.lease->token)}});
}

constexpr const char* kToOthers =
    "wait until it is released, or take another: taskman claim --next";

[[noreturn]] void refuse_again(const Task& task) {
  refuse_held(task, fmt::format("that is your own name, perhaps another worker of yours; whoever "
                                "has its token renews it: taskman lease renew {} --token N",
                                task.id.value));
}

bool is_claimable(const Task& task) {
  return is_open(task.status) && task.status != Status::kBlocked;
}

/// Of a task that is not claimable: then it is.
std::string make_ready(const Task& task) {
  return fmt::format("make it ready first: taskman task {} {}",
                     is_open(task.status) ? "start" : "reopen", task.id.value);
}

/// Without a token nobody can tell whether there ever was a claim.
[[noreturn]] void refuse_unclaimed(const Task& task, std::string_view holder) {
  throw Error(Code::kClaimed,
              fmt::format("task {} is not claimed by {}: it is {}", task.id.value, holder,
                          task.lease ? "free, the lease ran out" : name(task.status)),
              is_claimable(task) ? fmt::format("claim it first: taskman claim {}", task.id.value)
                                 : make_ready(task),
              {{"lease", "lost"}});
}

[[noreturn]] void refuse_lost(const Task& task, std::string message) {
  throw Error(Code::kClaimed, fmt::format("task {} {}", task.id.value, message),
              "what was done under the claim does not count; " +
                  (is_claimable(task) ? "claim it again to go on" : make_ready(task)),
              {{"lease", "lost"}});
}

void check_token(std::int64_t token) {
  if (token >= 1) return;
  throw Error(Code::kInvalidValue, fmt::format("token {} is not valid", token),
              "a token is a number from 1 up, which the claim answered",
              {{"token", "out of range"}});
}

void check_claimable(const Task& task) {
  if (is_claimable(task)) return;
  throw Error(
      Code::kConflict,
      fmt::format("task {} is {}, so it cannot be claimed", task.id.value, name(task.status)),
      make_ready(task));
}

}  // namespace

void check_lease(std::chrono::milliseconds lease) {
  if (lease >= kShortestLease && lease <= kLongestLease) return;
  throw Error(Code::kInvalidValue, fmt::format("a lease of {} is not valid", time::to_text(lease)),
              "a lease is from 100ms to 365d; 30m when nothing is said",
              {{"lease", "out of range"}});
}

bool is_claimed(const Task& task, util::Instant now) {
  return task.lease && task.lease->until > now;
}

Task claimed(const Task& task, const model::Lease& lease, Again again, util::Instant now) {
  check_claimable(task);
  const bool is_held = is_claimed(task, now);
  if (is_held && task.lease->holder != lease.holder) refuse_held(task, kToOthers);
  if (is_held && again == Again::kRefused) refuse_again(task);
  Task after = task.status == Status::kTodo ? with_status(task, Status::kInProgress, now) : task;
  after.lease = lease;
  if (is_held) after.lease->token = task.lease->token;
  after.assignee = lease.holder;
  return after;
}

void check_held(const Task& task, const Claimant& claimant, util::Instant now) {
  if (claimant.token) check_token(*claimant.token);
  if (!is_claimed(task, now)) {
    if (!claimant.token) refuse_unclaimed(task, claimant.holder);
    refuse_lost(task, fmt::format("is no longer claimed by {}: it is {}", claimant.holder,
                                  task.lease ? "free, the lease ran out" : name(task.status)));
  }
  if (task.lease->holder != claimant.holder) refuse_held(task, kToOthers);
  if (!claimant.token || *claimant.token == task.lease->token) return;
  refuse_lost(task, fmt::format("is claimed by {} under another lease: its token is {}, not {}",
                                claimant.holder, task.lease->token, *claimant.token));
}

Task released(const Task& task, util::Instant now) {
  if (!task.lease) return task;
  const bool waits = task.status == Status::kTodo || task.status == Status::kInProgress;
  Task after = waits ? with_status(task, Status::kTodo, now) : task;
  const bool is_handed_over = task.status == Status::kReview;  // its author is asked about it
  if (!is_handed_over && after.assignee == task.lease->holder) after.assignee.reset();
  after.lease.reset();
  return after;
}

}  // namespace taskman::domain
