#pragma once
// What the log tells of leases: who claimed, renewed, gave back; and what of it was a command of a
// person. A worker renews without being asked to, and `taskman run` is one command of several
// changesets.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "common/model/changeset.hpp"
#include "common/model/task.hpp"
#include "common/util/instant.hpp"
#include "common/wire/log.hpp"
#include "daemon/domain/leases.hpp"
#include "daemon/store/store.hpp"

namespace taskman::service {

enum class LeaseDeed { kNone, kClaimed, kRenewed, kReleased, kRanOut };

/// `origin` is that of the entry. kNone also where something else ended the lease: done, deleted.
LeaseDeed lease_deed(const wire::Frame::Item& item, std::string_view origin);

/// It renews leases, and nothing else.
bool is_renewal(const model::LogEntry& entry);

/// Somebody meant it by itself: it is no renewal, nor what `taskman run` does before its end.
bool is_command(const model::LogEntry& entry);

/// What a change moved only because it gave a lease or ended one by itself.
struct LeaseMove {
  LeaseDeed deed = LeaseDeed::kNone;
  model::Lease lease;  ///< that was given, or ended
  std::vector<std::string_view> fields;

  bool ends() const { return deed == LeaseDeed::kReleased || deed == LeaseDeed::kRanOut; }
  bool moves(std::string_view field) const;
};
std::optional<LeaseMove> lease_move(const wire::Frame::Item& item, std::string_view origin);

/// It gave or ended leases, or changed nothing on the whole: of such a change time may leave
/// nothing, and nobody misses it. Any other command is what its author means by the last one.
bool can_be_spent(const model::LogEntry& entry);

/// It gave leases, and nothing else, that are all over; or ended some whose time is over at `now`.
bool is_spent(store::ReadTx& tx, const model::LogEntry& entry, util::Instant now);

/// The status a change gave a task; none when it gave none.
std::optional<model::Status> status_set(const wire::Frame::Item& item);

/// It is told only with the status that it comes with: `started_at`, `closed_at`.
bool follows_status(std::string_view field);

/// The claim by `taskman run` whose work is over with this change, which closed or blocked the task
/// for the one who held it; none when it is not that, or not in the log.
std::optional<wire::Frame::Item> claim_of_run(store::ReadTx& tx, const model::LogEntry& entry,
                                              const wire::Frame::Item& item);

/// Whether a lease on the task may have had this token; false when it never had.
bool may_be_token(store::ReadTx& tx, model::TaskId id, std::int64_t token);

/// Whether the task was closed under the claim of this claimant, or moved by the claimant to where
/// it is: under that claim, when a token says which.
bool is_work_of(store::ReadTx& tx, model::TaskId id, const domain::Claimant& claimant);

/// The entry of this revision; none when the log does not have it.
std::optional<model::LogEntry> find_entry(store::ReadTx& tx, std::int64_t rev);

}  // namespace taskman::service
