#include "daemon/domain/leases.hpp"

#include <fmt/format.h>

#include <string>

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

[[noreturn]] void refuse_held(const Task& task) {
  const std::string until = time::to_rfc3339(task.lease->until);
  throw Error(
      Code::kClaimed,
      fmt::format("task {} is claimed by {} until {}", task.id.value, task.lease->holder, until),
      "wait until it is released, or take another: taskman claim --next",
      {{"holder", task.lease->holder}, {"until", until}});
}

void check_claimable(const Task& task) {
  if (is_open(task.status) && task.status != Status::kBlocked) return;
  throw Error(
      Code::kConflict,
      fmt::format("task {} is {}, so it cannot be claimed", task.id.value, name(task.status)),
      fmt::format("make it ready first: taskman task {} {}",
                  is_open(task.status) ? "start" : "reopen", task.id.value));
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

Task claimed(const Task& task, const model::Lease& lease, util::Instant now) {
  check_claimable(task);
  if (is_claimed(task, now) && task.lease->holder != lease.holder) refuse_held(task);
  Task after = task.status == Status::kTodo ? with_status(task, Status::kInProgress, now) : task;
  after.lease = lease;
  after.assignee = lease.holder;
  return after;
}

void check_held(const Task& task, std::string_view holder, util::Instant now) {
  if (is_claimed(task, now)) {
    if (task.lease->holder == holder) return;
    refuse_held(task);
  }
  throw Error(Code::kClaimed,
              fmt::format("task {} is no longer claimed by {}: it is {}", task.id.value, holder,
                          task.lease ? "free, the lease ran out" : name(task.status)),
              "what was done under the claim does not count; claim it again to go on",
              {{"lease", "lost"}});
}

Task released(const Task& task, util::Instant now) {
  if (!task.lease) return task;
  Task after = task;
  if (task.status == Status::kInProgress) {
    after = with_status(task, Status::kTodo, now);
    if (after.assignee == task.lease->holder) after.assignee.reset();
  }
  after.lease.reset();
  return after;
}

}  // namespace taskman::domain
