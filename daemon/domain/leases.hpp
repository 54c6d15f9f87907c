#pragma once
// Who holds a task, and until when. A lease whose end has passed counts as none, whether or not
// expired() was called on it yet. Pure; thread-safe. The caller keeps version and updated_at.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "common/model/task.hpp"
#include "common/util/instant.hpp"

namespace taskman::domain {

inline constexpr std::chrono::milliseconds kShortestLease{100};
inline constexpr std::chrono::days kLongestLease{365};

/// Throws kInvalidValue unless a lease may be so long.
void check_lease(std::chrono::milliseconds lease);

/// Somebody holds the task at `now`.
bool is_claimed(const model::Task& task, util::Instant now);

/// What becomes of a claim on a task that its own holder claims again.
enum class Again {
  kRenews,   ///< it goes on, under its token
  kRefused,  ///< as anybody else's: a name may be several workers
};

/// The task in the hands of lease.holder: theirs as assignee, in progress when it was to do.
/// lease.token is of a new lease. Throws kConflict for a task that is closed or blocked by hand,
/// kClaimed, with holder, end and token, for one that is held.
model::Task claimed(const model::Task& task, const model::Lease& lease, Again again,
                    util::Instant now);

/// Who says that they hold a task.
struct Claimant {
  std::string_view holder;
  std::optional<std::int64_t> token{};  ///< none: whichever lease the name has
};

/// Throws kClaimed unless `claimant` holds the task at `now`: what a claimer does under a lease
/// that was lost must not count. Throws kInvalidValue for what can be no token.
void check_held(const model::Task& task, const Claimant& claimant, util::Instant now);

/// The task without its lease, whether that has run out or is given back. What was to do or in
/// progress under it waits for anybody again, and what is blocked will: it is no longer assigned to
/// the holder. What went on to review stays as it is.
model::Task released(const model::Task& task, util::Instant now);

}  // namespace taskman::domain
