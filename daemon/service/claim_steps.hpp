#pragma once
// What claiming, renewing and giving back do to one task, for single commands and for bulk.

#include <chrono>
#include <optional>

#include "common/wire/claims.hpp"
#include "daemon/service/work.hpp"

namespace taskman::service {

using Lease = std::optional<std::chrono::milliseconds>;  ///< none: the usual one

/// For the caller. The caller's own claim is renewed. A notice when the task waits for others.
void claim_task(Work& work, model::TaskId id, const Lease& lease);

/// The first task, in the order asked for, that is to do, ready, claimed by nobody and, unless the
/// filter says otherwise, not assigned to somebody else. Throws kNothing.
model::TaskId next_task(Work& work, const wire::ClaimNext& wanted, const filter::Context& context);

/// Throws kClaimed unless the caller holds the task: before a step that must not count else.
void require_claim(Work& work, model::TaskId id);

/// Throws kClaimed unless the caller holds the task.
void renew_task(Work& work, model::TaskId id, const Lease& lease);

/// Whoever holds it: people overrule. Leaves a notice when nobody does.
void release_task(Work& work, model::TaskId id);

/// Ends every lease that ran out by now.
void expire_leases(Work& work);

}  // namespace taskman::service
