#pragma once
// The change log: one changeset per committed transaction (docs/feed.md).

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/model/task.hpp"
#include "common/util/instant.hpp"

namespace taskman::model {

/// A position in the log: the revision and the rolling hash up to it. Text form `<rev>-<chain>`,
/// opaque to clients.
struct Cursor {
  std::int64_t rev = 0;
  std::uint64_t chain = 0;
  bool operator==(const Cursor&) const = default;
};

std::string to_string(const Cursor& cursor);

/// None unless `text` is exactly what to_string makes.
std::optional<Cursor> parse_cursor(std::string_view text);

/// What kind of thing changed and how; the wire name is `task.created`, ….
enum class ChangeType {
  kTaskCreated,
  kTaskUpdated,
  kTaskDeleted,
  kTaskCommented,
  kTaskUncommented,
  kTaskReadiness,  ///< derived `ready` flipped because a blocker moved; no new version
  kSprintCreated,
  kSprintUpdated,
  kSprintDeleted,
  kSprintProgress,
  kProjectCreated,
  kProjectUpdated,
  kProjectDeleted,
};

std::string_view name(ChangeType type);
/// All of them, in the order of ChangeType.
std::span<const std::string_view> change_type_names();
std::optional<ChangeType> find_change_type(std::string_view name);

/// Tasks and sprints have integers, projects their key.
using EntityId = std::variant<std::int64_t, std::string>;

/// One change of one thing. `set` and `was` are JSON objects as text, of the changed fields only,
/// keys sorted; made by common/wire, never parsed on the way to a reader.
struct Change {
  ChangeType type = ChangeType::kTaskUpdated;
  EntityId id;
  std::optional<std::int64_t> version;
  std::string set = "{}";
  std::string was = "{}";
  /// For tasks: the full after-image (before-image of a deletion) without body, as JSON text, from
  /// which filters are evaluated at this revision. Kept in the log, never sent.
  std::string subject;
};

/// What a write hands to the log; the store gives it its cursor.
struct Changeset {
  util::Instant at;
  std::string actor;
  std::string origin;
  std::optional<std::string> key;  ///< idempotency key of the write
  std::vector<Change> changes;     ///< one or more
};

/// One row of the log as it is read back: encoded once at the commit, spliced into frames since.
struct LogEntry {
  Cursor cursor;
  util::Instant at;
  std::string actor;
  std::string origin;
  std::string changes;   ///< JSON array, as every transport sends it
  std::string subjects;  ///< JSON array alongside changes: task facts or null
};

}  // namespace taskman::model
