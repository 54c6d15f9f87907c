#pragma once
// The change log and the answers to keyed writes.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "common/model/changeset.hpp"
#include "daemon/store/sqlite/connection.hpp"
#include "daemon/store/store.hpp"

namespace taskman::store::sqlite {

LogRange log_range(Connection& connection);
std::optional<model::Cursor> cursor_at(Connection& connection, std::int64_t rev);
std::vector<model::LogEntry> log_after(Connection& connection, std::int64_t rev,
                                       std::int64_t limit);
std::vector<model::LogEntry> log_of_task(Connection& connection, model::TaskId id,
                                         std::int64_t limit);

std::vector<std::int64_t> revisions_by(Connection& connection, std::string_view actor,
                                       std::int64_t from, std::int64_t to);
std::optional<std::int64_t> undo_target(Connection& connection, std::int64_t rev);
std::optional<std::int64_t> undo_of(Connection& connection, std::int64_t rev);
void record_undo(Connection& connection, std::int64_t rev, std::int64_t of);

/// Writes the changeset that follows `head`; gives its cursor.
model::Cursor append_changeset(Connection& connection, const model::Cursor& head,
                               const model::Changeset& changeset);

/// What of the log goes: committed before an instant, or with a revision up to `up_to`.
struct Pruning {
  std::optional<util::Instant> before;
  std::int64_t up_to = 0;
  std::int64_t limit = 0;  ///< of entries
};
/// Gives how many went.
std::int64_t prune_log(Connection& connection, const Pruning& pruning);

std::optional<Untold> last_untold(Connection& connection, std::string_view actor);
void save_untold(Connection& connection, std::string_view actor, const Untold& untold);

/// The answer under `key` unless it was stored before `oldest`.
std::optional<StoredAnswer> find_answer(Connection& connection, std::string_view key,
                                        util::Instant oldest);
void save_answer(Connection& connection, std::string_view key, const StoredAnswer& answer,
                 util::Instant at);
void prune_answers(Connection& connection, util::Instant instant);

}  // namespace taskman::store::sqlite
