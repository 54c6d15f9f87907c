#include "daemon/service/claims.hpp"

#include "common/wire/paths.hpp"
#include "daemon/service/answers.hpp"
#include "daemon/service/claim_steps.hpp"
#include "daemon/service/filters.hpp"
#include "daemon/service/transaction.hpp"

namespace taskman::service {
namespace {

std::optional<util::Instant> next_end(store::Store& store) {
  std::optional<util::Instant> end;
  store.read([&](store::ReadTx& tx) { end = tx.next_lease_end(); });
  return end;
}

}  // namespace

Answer Claims::claim(const WriteRequest& request, model::TaskId id,
                     const wire::Claim& claim) const {
  return run_write(base_, request, [&](Work& work) {
    claim_task(work, id, claim);
    return task_answer(work, id);
  });
}

Answer Claims::claim_next(const WriteRequest& request, const wire::ClaimNext& wanted) const {
  // What nobody holds any more can be taken, whether or not the maintenance has been there.
  if (request.commit == store::Commit::kYes) expire();
  return run_write(base_, request, [&](Work& work) {
    const auto id = next_task(work, wanted, filter_context(base_, request.caller));
    claim_task(work, id, {.lease = wanted.lease});
    return task_answer(work, id);
  });
}

Answer Claims::renew(const WriteRequest& request, model::TaskId id,
                     const wire::Renewal& renewal) const {
  return run_write(base_, request, [&](Work& work) {
    renew_task(work, id, renewal);
    return task_answer(work, id);
  });
}

Answer Claims::release(const WriteRequest& request, model::TaskId id,
                       const wire::Release& command) const {
  return run_write(base_, request, [&](Work& work) {
    check_fence(work, id, command.fence, model::Status::kTodo);
    release_task(work, id);
    return task_answer(work, id);
  });
}

std::optional<util::Instant> Claims::expire() const {
  const auto end = next_end(base_.store);
  if (!end || *end > base_.clock.now()) return end;
  run_write(base_, {.caller = {.actor = "taskmand", .origin = std::string(wire::kLeaseOrigin)}},
            [](Work& work) {
              expire_leases(work);
              return wire::Envelope{.kind = "task.list", .data = "[]"};
            });
  return next_end(base_.store);
}

}  // namespace taskman::service
