#pragma once

#include <optional>

#include "common/wire/claims.hpp"
#include "daemon/service/service.hpp"

namespace taskman::service {

/// Who works on a task now, under a lease that ends by itself. Owned by the composition root;
/// thread-safe. Of callers that come at the same time one wins, whichever way they ask.
class Claims {
 public:
  explicit Claims(const Base& base) : base_(base) {}

  /// Throws kClaimed with holder, end and token, kConflict for what is closed or blocked.
  Answer claim(const WriteRequest& request, model::TaskId id, const wire::Claim& claim) const;
  /// The first that waits. Throws kNothing.
  Answer claim_next(const WriteRequest& request, const wire::ClaimNext& wanted) const;
  /// Throws kClaimed unless the caller holds it still.
  Answer renew(const WriteRequest& request, model::TaskId id, const wire::Renewal& renewal) const;
  Answer release(const WriteRequest& request, model::TaskId id, const wire::Release& command) const;

  /// Ends the leases that have run out, in one changeset by `taskmand`; tells when the next one
  /// ends, none when there is none.
  std::optional<util::Instant> expire() const;

 private:
  const Base base_;
};

}  // namespace taskman::service
