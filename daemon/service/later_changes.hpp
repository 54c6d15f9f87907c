#pragma once
// Who changed what since a revision: the log read once, for the things that are asked about.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "common/model/changeset.hpp"
#include "daemon/service/lease_story.hpp"
#include "daemon/store/store.hpp"

namespace taskman::service {

enum class ThingKind { kTask, kSprint, kProject };

struct Thing {
  ThingKind kind = ThingKind::kTask;
  model::EntityId id;
  auto operator<=>(const Thing&) const = default;
};

/// The thing a change of this type is about.
Thing thing_of(model::ChangeType type, const model::EntityId& id);
/// `task 42`, `sprint 3`, `project web`.
std::string name_of(const Thing& thing);

/// Stand for fields where a thing came, went, or got or lost a comment.
inline constexpr std::string_view kExistence = "existence";
inline constexpr std::string_view kCommentsField = "comments";

/// Who did it last.
struct LaterChange {
  std::int64_t rev = 0;
  std::string actor;
  model::ChangeType type = model::ChangeType::kTaskUpdated;
};

using ChangeByField = std::map<std::string, LaterChange, std::less<>>;

struct LaterChanges {
  ChangeByField fields;
  ChangeByField all;  ///< whether or not it counts
  /// Moved by leases that came and went, or went: that decided nothing.
  std::set<std::string, std::less<>> lent;
  LeaseStory leases;
  /// The greatest of the leases given, also by what was taken back: its token was told.
  std::int64_t lease_token = 0;
};

/// A worker that keeps what it has does not decide anything.
enum class Renewals { kDoNotCount, kCount };

/// What changed after `rev` on `things`. What was taken back meanwhile does not count, nor what a
/// claim did that is over, nor that a lease ended, nor what the daemon derives.
std::map<Thing, LaterChanges> changes_after(store::ReadTx& tx, std::int64_t rev,
                                            const std::set<Thing>& things,
                                            Renewals renewals = Renewals::kDoNotCount);

/// `bob changed points of task 3 in revision 9`, `bob deleted task 3 in revision 9`.
std::string words_of(const Thing& thing, std::string_view field, const LaterChange& change);

}  // namespace taskman::service
