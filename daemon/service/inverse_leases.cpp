#include "daemon/service/inverse_leases.hpp"

#include <algorithm>

#include "common/wire/apply.hpp"
#include "common/wire/paths.hpp"
#include "daemon/domain/leases.hpp"
#include "daemon/domain/lifecycle.hpp"

namespace taskman::service {
namespace {

using model::Task;
using model::TaskId;
using Item = wire::Frame::Item;

TaskId task_of(const model::EntityId& id) { return {std::get<std::int64_t>(id)}; }

// Decoding the facts of many tasks costs, and mostly nobody held any.
bool tells_of_leases(const model::LogEntry& entry) {
  constexpr std::string_view kHeld = R"("lease":{)";
  return entry.changes.find(kHeld) != std::string::npos ||
         entry.subjects.find(kHeld) != std::string::npos;
}

void leave_as_is(InverseLeases::Step& step, std::string_view field) {
  if (field == "lease") step.then->lease = step.now->lease;
  if (field == "assignee") step.then->assignee = step.now->assignee;
  if (field == "status") step.then->status = step.now->status;
  if (field == "started_at") step.then->started_at = step.now->started_at;
}

}  // namespace

bool Watched::has(std::string_view field) const {
  return std::ranges::find(fields, field) != fields.end();
}

void Watched::drop(std::string_view field) {
  std::erase(fields, field);
  std::erase(unlike, field);
}

InverseLeases::InverseLeases(store::ReadTx& tx, const InverseOf& request)
    : tx_(tx), request_(request), is_renewal_(is_renewal(request.entry)) {
  if (!tells_of_leases(request.entry)) return;
  for (const auto& subject : wire::decode_subjects(request.entry)) {
    if (subject.before && subject.before->lease)
      under_[subject.before->id] = *subject.before->lease;
  }
}

void InverseLeases::plan(Step& step, Watched& watched, const Item& item) const {
  watched.move = lease_move(item, request_.entry.origin);
  if (const auto lease = under_.find(task_of(item.id)); lease != under_.end())
    watched.under = lease->second;
  // The lease is the one that was given, however often it was renewed or brought back: another one
  // is a later change.
  const auto given = wire::lease_of(item);
  const bool is_it =
      given && step.now && step.now->lease && step.now->lease->holder == given->holder;
  if (is_it && !is_renewal_) std::erase(watched.unlike, "lease");
  if (!step.then) return;
  if (const auto claim = claim_of_run(tx_, request_.entry, item)) undo_claim(step, watched, *claim);
}

// A run is over, so nobody would go on under its lease: what it claimed goes back, too, but for
// what was decided between.
void InverseLeases::undo_claim(Step& step, Watched& watched, const Item& claim) const {
  auto fields = claim.was;
  const auto unlike = wire::fields_unlike(*step.then, claim.set);
  const auto is_unlike = [&](std::string_view name) {
    return std::ranges::find(unlike, name) != unlike.end();
  };
  std::erase_if(fields, [&](const auto& field) {
    return field.first == "lease" || is_unlike(field.first) ||
           (follows_status(field.first) && is_unlike("status"));
  });
  wire::apply(*step.then, fields);
  watched.under = wire::lease_before(claim);
  step.then->lease = watched.under;
  for (const auto& [name, json] : fields) watched.fields.push_back(name);
}

void InverseLeases::leave_what_is_over(Step& step, Watched& watched,
                                       const LaterChanges& later) const {
  if (!step.now || !step.then || !watched.move || !is_over(*watched.move, later)) return;
  for (const auto field : watched.move->fields) {
    leave_as_is(step, field);
    watched.drop(field);
  }
}

bool InverseLeases::is_over(const LeaseMove& move, const LaterChanges& later) const {
  return move.ends() ? cannot_come_back(move.lease) : later.leases.is_over(move.lease.token);
}

// What a run gave back nobody works on any more.
bool InverseLeases::cannot_come_back(const model::Lease& lease) const {
  return lease.until <= request_.now || request_.entry.origin == wire::kRunOrigin;
}

void InverseLeases::settle(Step& step, const Watched& watched, const LaterChanges& later) const {
  const bool gave = watched.move && !watched.move->ends();
  bring_back(step, std::max(gave ? watched.move->lease.token : 0, later.lease_token));
  leave_to_nobody(step, watched, later);
  // The times that come with a status stay when it does.
  if (step.now && step.then && watched.has("status") && step.then->status == step.now->status) {
    step.then->started_at = step.now->started_at;
    step.then->closed_at = step.now->closed_at;
  }
}

// Whoever it was lent to cannot have it back when the time is over: then it is as if that ended
// now. Nor may a token return once a greater one was told: it would pass for the newest.
void InverseLeases::bring_back(Step& step, std::int64_t told) const {
  if (!step.then || !step.then->lease) return;
  auto& lease = *step.then->lease;
  if (step.now && step.now->lease == lease) return;
  if (cannot_come_back(lease)) {
    step.then = domain::released(*step.then, request_.now);
  } else if (lease.token < told) {
    lease.token = tx_.log_range().head.rev + 1;
  }
}

// In progress, or assigned, under a lease that is over by now: that is as when it ended.
void InverseLeases::leave_to_nobody(Step& step, const Watched& watched,
                                    const LaterChanges& later) const {
  if (!step.then || step.then->lease || !watched.under) return;
  // What is closed keeps who did it.
  if (!model::is_open(step.then->status) && !later.leases.is_over(watched.under->token)) return;
  const bool by_status = watched.has("status");
  const bool by_assignee = watched.has("assignee");
  Task free = *step.then;
  free.lease = watched.under;
  free = domain::released(free, request_.now);
  if (by_status) step.then = domain::with_status(*step.then, free.status, request_.now);
  if (by_assignee || (by_status && !later.fields.contains("assignee")))
    step.then->assignee = free.assignee;
}

}  // namespace taskman::service
