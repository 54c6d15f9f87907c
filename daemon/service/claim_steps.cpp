#include "daemon/service/claim_steps.hpp"

#include <fmt/core.h>

#include <utility>
#include <vector>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "daemon/domain/leases.hpp"
#include "daemon/service/filters.hpp"
#include "daemon/service/lease_deeds.hpp"
#include "daemon/service/versions.hpp"

namespace taskman::service {
namespace {

using error::Code;
using error::Error;
using filter::Expr;
using filter::Field;
using filter::Flag;
using filter::Value;
using model::Task;
using model::TaskId;

using Length = std::optional<std::chrono::milliseconds>;

util::Instant end_of(const Work& work, const Length& wanted) {
  const auto length = wanted.value_or(model::kUsualLease);
  domain::check_lease(length);
  return work.now() + length;
}

/// Who names a token that the task never had has lost nothing.
void check_held(Work& work, TaskId id, const std::optional<std::int64_t>& token) {
  const Task& task = work.task(id);
  domain::Claimant claimant{.holder = work.caller().actor, .token = token};
  const bool may_be_lost = token && *token >= 1 && !domain::is_claimed(task, work.now());
  if (may_be_lost && !may_be_token(work.tx(), id, *token)) claimant.token.reset();
  domain::check_held(task, claimant, work.now());
}

Expr term(Field field, Value value) {
  return {.kind = Expr::Kind::kTerm,
          .children = {},
          .term = {.field = field, .any_of = {std::move(value)}}};
}

Expr negated(Expr expr) {
  Expr negation{.kind = Expr::Kind::kNot, .children = {}, .term = {}};
  negation.children.push_back(std::move(expr));
  return negation;
}

Expr all_of(std::vector<Expr> parts) {
  return {.kind = Expr::Kind::kAnd, .children = std::move(parts), .term = {}};
}

/// A task that was given to somebody is not another's to take. Twice negated, because a condition
/// on the assignee's index would collect every task without one.
Expr not_of_others() {
  return negated(all_of(
      {negated(term(Field::kIs, Flag::kUnassigned)), negated(term(Field::kIs, Flag::kMine))}));
}

/// The caller's filter and what makes a task one to take; `is:open` is what the index of open tasks
/// is found by.
Expr takeable(Expr wanted) {
  std::vector<Expr> parts{term(Field::kIs, Flag::kOpen), term(Field::kStatus, model::Status::kTodo),
                          term(Field::kIs, Flag::kReady),
                          negated(term(Field::kIs, Flag::kClaimed))};
  if (!filter::names_assignee(wanted)) parts.push_back(not_of_others());
  if (wanted.kind == Expr::Kind::kAnd) {
    for (Expr& part : wanted.children) parts.push_back(std::move(part));
  } else if (wanted.kind != Expr::Kind::kEverything) {
    parts.push_back(std::move(wanted));
  }
  return all_of(std::move(parts));
}

[[noreturn]] void refuse_nothing(const std::string& filter) {
  const std::string which =
      filter.empty() ? "" : " and matches '" + util::escape_for_terminal(filter) + "'";
  throw Error(
      Code::kNothing, "no task is ready to be claimed" + which,
      "see what waits, and for whom: taskman task list 'is:ready ~is:claimed'; what is assigned to "
      "others is left to them");
}

}  // namespace

void claim_task(Work& work, TaskId id, const wire::Claim& claim) {
  const Task& task = work.task(id);
  check_version(work, task);
  const model::Lease lease{
      .holder = work.caller().actor, .until = end_of(work, claim.lease), .token = work.revision()};
  const auto again = claim.exclusive ? domain::Again::kRefused : domain::Again::kRenews;
  Task after = domain::claimed(task, lease, again, work.now());
  if (!task.ready) work.notice(fmt::format("task {} waits for tasks that are not done", id.value));
  work.save(std::move(after));
}

TaskId next_task(Work& work, const wire::ClaimNext& wanted, const filter::Context& context) {
  const std::string text = wanted.filter.value_or("");
  auto parsed = parse_filter(work.tx(), {.text = text, .sprints_of = wanted.sprints_of}, context);
  for (auto& notice : parsed.notices) work.notice(std::move(notice));
  const auto page = work.tx().list_tasks({.filter = takeable(std::move(parsed.expr)),
                                          .context = context,
                                          .sort = parse_sort(wanted.order.value_or(""), "order"),
                                          .limit = 1,
                                          .page = std::nullopt,
                                          .total = store::TaskQuery::Total::kNotAsked});
  if (page.items.empty()) refuse_nothing(text);
  return page.items.front().id;
}

void check_fence(Work& work, TaskId id, const wire::Fence& fence, Goal goal) {
  if (!fence.is_up()) return;
  const Task& task = work.task(id);
  const bool is_there = !task.lease && goal == task.status;
  const domain::Claimant claimant{.holder = work.caller().actor, .token = fence.token};
  if (!is_there || !is_work_of(work.tx(), id, claimant)) check_held(work, id, fence.token);
}

void renew_task(Work& work, TaskId id, const wire::Renewal& renewal) {
  check_held(work, id, renewal.token);
  Task after = work.task(id);
  check_version(work, after);
  after.lease->until = end_of(work, renewal.lease);
  work.save(std::move(after));
}

void release_task(Work& work, TaskId id) {
  const Task& task = work.task(id);
  check_version(work, task);
  if (!work.save(domain::released(task, work.now())))
    work.notice(fmt::format("task {} is not claimed", id.value));
}

void expire_leases(Work& work) {
  for (const TaskId id : work.tx().leases_ended(work.now()))
    work.save(domain::released(work.task(id), work.now()));
}

}  // namespace taskman::service
