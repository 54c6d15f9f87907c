#pragma once
// What claiming, renewing and giving back do to one task, for single commands and for bulk.

#include "common/wire/claims.hpp"
#include "daemon/service/work.hpp"

namespace taskman::service {

/// For the caller. A notice when the task waits for others.
void claim_task(Work& work, model::TaskId id, const wire::Claim& claim);

/// The first task, in the order asked for, that is to do, ready, claimed by nobody and, unless the
/// filter says otherwise, not assigned to somebody else. Throws kNothing.
model::TaskId next_task(Work& work, const wire::ClaimNext& wanted, const filter::Context& context);

/// The status a step leads to; none when it leads to none.
using Goal = std::optional<model::Status>;

/// Throws kClaimed when the fence is up and the caller does not hold the task as it says: before a
/// step that must not count else. Whoever tells again what was done under that claim is not late.
void check_fence(Work& work, model::TaskId id, const wire::Fence& fence, Goal goal = {});

/// Throws kClaimed unless the caller holds the task, under the lease with the token that is given.
void renew_task(Work& work, model::TaskId id, const wire::Renewal& renewal);

/// Whoever holds it: people overrule. Leaves a notice when nobody does.
void release_task(Work& work, model::TaskId id);

/// Ends every lease that ran out by now.
void expire_leases(Work& work);

}  // namespace taskman::service
