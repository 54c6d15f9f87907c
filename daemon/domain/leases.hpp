#pragma once
// Who holds a task, and until when. A lease whose end has passed counts as none, whether or not
// expired() was called on it yet. Pure; thread-safe. The caller keeps version and updated_at.

#include <chrono>
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

/// The task in the hands of lease.holder: theirs as assignee, in progress when it was to do. The
/// holder's own claim is renewed. Throws kConflict for a task that is closed or blocked by hand,
/// kClaimed, with holder and end, for one that another holds.
model::Task claimed(const model::Task& task, const model::Lease& lease, util::Instant now);

/// Throws kClaimed unless `holder` holds the task at `now`: what a claimer does under a lease that
/// was lost must not count.
void check_held(const model::Task& task, std::string_view holder, util::Instant now);

/// The task without its lease, whether that has run out or is given back. What was in progress
/// under it waits to be done again, and is nobody's; what went on to another status stays as it is.
model::Task released(const model::Task& task, util::Instant now);

}  // namespace taskman::domain
