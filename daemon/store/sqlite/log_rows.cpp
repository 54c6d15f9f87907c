#include "daemon/store/sqlite/log_rows.hpp"

#include <variant>

#include "common/wire/log.hpp"
#include "daemon/store/chain.hpp"

namespace taskman::store::sqlite {
namespace {

/// Revisions a chapter of task_revisions has. It is in the file: it does not change.
constexpr std::int64_t kChapter = 4096;

using model::Cursor;
using model::LogEntry;

Cursor cursor_in(const Query& query, int column) {
  return {.rev = query.integer(column),
          .chain = static_cast<std::uint64_t>(query.integer(column + 1))};
}

/// Where the log begins: revision 0 and its random chain, or the last one that was pruned.
Cursor base_of(Connection& connection) {
  Query query = connection.query(
      "SELECT (SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'log_base_rev'), "
      "(SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'log_base_chain')");
  query.step();
  return cursor_in(query, 0);
}

std::optional<Cursor> last_of(Connection& connection) {
  Query query = connection.query("SELECT rev, chain FROM changesets ORDER BY rev DESC LIMIT 1");
  if (!query.step()) return std::nullopt;
  return cursor_in(query, 0);
}

std::vector<LogEntry> read_entries(Query& query) {
  std::vector<LogEntry> entries;
  while (query.step()) {
    entries.push_back({.cursor = cursor_in(query, 0),
                       .at = query.instant(2),
                       .actor = query.string(3),
                       .origin = query.string(4),
                       .changes = query.string(5),
                       .subjects = query.string(6)});
  }
  return entries;
}

bool is_about_task(model::ChangeType type) {
  using enum model::ChangeType;
  return type == kTaskCreated || type == kTaskUpdated || type == kTaskDeleted ||
         type == kTaskCommented || type == kTaskUncommented || type == kTaskReadiness;
}

void index_tasks(Connection& connection, std::int64_t rev,
                 const std::vector<model::Change>& changes) {
  for (const model::Change& change : changes) {
    const auto* task = std::get_if<std::int64_t>(&change.id);
    if (task == nullptr || !is_about_task(change.type)) continue;
    connection.query("INSERT OR IGNORE INTO task_revisions (chapter, task, rev) VALUES (?, ?, ?)")
        .bind(rev / kChapter)
        .bind(*task)
        .bind(rev)
        .run();
  }
}

void forget_subjects(Connection& connection, const LogEntry& entry) {
  for (const auto& ref : wire::decode_change_refs(entry)) {
    const auto* task = std::get_if<std::int64_t>(&ref.id);
    if (task == nullptr || !is_about_task(ref.type)) continue;
    connection.query("DELETE FROM task_revisions WHERE chapter = ? AND task = ? AND rev = ?")
        .bind(entry.cursor.rev / kChapter)
        .bind(*task)
        .bind(entry.cursor.rev)
        .run();
  }
}

void set_base(Connection& connection, const Cursor& base) {
  for (const auto& [name, value] :
       {std::pair{"log_base_rev", base.rev},
        std::pair{"log_base_chain", static_cast<std::int64_t>(base.chain)}}) {
    connection.query("UPDATE meta SET value = CAST(? AS TEXT) WHERE name = ?")
        .bind(value)
        .bind(std::string_view(name))
        .run();
  }
}

}  // namespace

LogRange log_range(Connection& connection) {
  const Cursor base = base_of(connection);
  return {.head = last_of(connection).value_or(base), .oldest = base.rev};
}

std::optional<Cursor> cursor_at(Connection& connection, std::int64_t rev) {
  Query query = connection.query("SELECT rev, chain FROM changesets WHERE rev = ?");
  query.bind(rev);
  if (query.step()) return cursor_in(query, 0);
  const Cursor base = base_of(connection);
  if (base.rev == rev) return base;
  return std::nullopt;
}

std::vector<LogEntry> log_after(Connection& connection, std::int64_t rev, std::int64_t limit) {
  Query query = connection.query(
      "SELECT rev, chain, at, actor, origin, changes, subjects FROM changesets "
      "WHERE rev > ? ORDER BY rev LIMIT ?");
  query.bind(rev).bind(limit);
  return read_entries(query);
}

std::vector<LogEntry> log_of_task(Connection& connection, model::TaskId id, std::int64_t limit) {
  Query query = connection.query(
      "WITH RECURSIVE chapters (number) AS (SELECT max(rev) / ?1 FROM changesets UNION ALL "
      "SELECT number - 1 FROM chapters WHERE number > (SELECT min(rev) / ?1 FROM changesets)) "
      "SELECT c.rev, c.chain, c.at, c.actor, c.origin, c.changes, c.subjects FROM chapters "
      "CROSS JOIN task_revisions r ON r.chapter = number AND r.task = ?2 "
      "CROSS JOIN changesets c ON c.rev = r.rev ORDER BY r.rev DESC LIMIT ?3");
  query.bind(kChapter).bind(id.value).bind(limit);
  return read_entries(query);
}

std::vector<std::int64_t> revisions_by(Connection& connection, std::string_view actor,
                                       std::int64_t from, std::int64_t to) {
  std::vector<std::int64_t> revisions;
  Query query = connection.query(
      "SELECT rev FROM changesets WHERE rev >= ? AND rev < ? AND actor = ? ORDER BY rev DESC");
  query.bind(from).bind(to).bind(actor);
  while (query.step()) revisions.push_back(query.integer(0));
  return revisions;
}

std::optional<std::int64_t> undo_target(Connection& connection, std::int64_t rev) {
  Query query = connection.query("SELECT of FROM undos WHERE rev = ?");
  query.bind(rev);
  if (!query.step()) return std::nullopt;
  return query.integer(0);
}

std::optional<std::int64_t> undo_of(Connection& connection, std::int64_t rev) {
  Query query = connection.query("SELECT max(rev) FROM undos WHERE of = ?");
  query.bind(rev);
  query.step();
  return query.optional_integer(0);
}

void record_undo(Connection& connection, std::int64_t rev, std::int64_t of) {
  connection.query("INSERT INTO undos (rev, of) VALUES (?, ?)").bind(rev).bind(of).run();
}

std::optional<Untold> last_untold(Connection& connection, std::string_view actor) {
  Query query = connection.query("SELECT rev, command FROM untold WHERE actor = ?");
  query.bind(actor);
  if (!query.step()) return std::nullopt;
  return Untold{.rev = query.integer(0), .command = query.string(1)};
}

void save_untold(Connection& connection, std::string_view actor, const Untold& untold) {
  connection.query("INSERT OR REPLACE INTO untold (actor, rev, command) VALUES (?, ?, ?)")
      .bind(actor)
      .bind(untold.rev)
      .bind(untold.command)
      .run();
}

Cursor append_changeset(Connection& connection, const Cursor& head,
                        const model::Changeset& changeset) {
  LogEntry entry{.at = changeset.at,
                 .actor = changeset.actor,
                 .origin = changeset.origin,
                 .changes = wire::encode_changes(changeset.changes),
                 .subjects = wire::encode_subjects(changeset.changes)};
  entry.cursor = next_cursor(head, entry);
  connection
      .query(
          "INSERT INTO changesets (rev, chain, at, actor, origin, key, changes, subjects) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(entry.cursor.rev)
      .bind(static_cast<std::int64_t>(entry.cursor.chain))
      .bind(entry.at)
      .bind(entry.actor)
      .bind(entry.origin)
      .bind(changeset.key)
      .bind(entry.changes)
      .bind(entry.subjects)
      .run();
  index_tasks(connection, entry.cursor.rev, changeset.changes);
  return entry.cursor;
}

std::int64_t prune_log(Connection& connection, const Pruning& pruning) {
  std::int64_t count = 0;
  std::optional<Cursor> last;
  for (const LogEntry& entry : log_after(connection, base_of(connection).rev, pruning.limit)) {
    const bool goes =
        entry.cursor.rev <= pruning.up_to || (pruning.before && entry.at < *pruning.before);
    if (!goes) break;
    forget_subjects(connection, entry);
    last = entry.cursor;
    ++count;
  }
  if (!last) return 0;
  connection.query("DELETE FROM changesets WHERE rev <= ?").bind(last->rev).run();
  connection.query("DELETE FROM undos WHERE rev <= ?").bind(last->rev).run();
  set_base(connection, *last);
  return count;
}

std::optional<StoredAnswer> find_answer(Connection& connection, std::string_view key,
                                        util::Instant oldest) {
  Query query =
      connection.query("SELECT digest, body, status, at FROM answers WHERE key = ? AND at >= ?");
  query.bind(key).bind(oldest);
  if (!query.step()) return std::nullopt;
  return StoredAnswer{.digest = query.string(0),
                      .body = query.string(1),
                      .status = static_cast<int>(query.integer(2)),
                      .at = query.instant(3)};
}

void save_answer(Connection& connection, std::string_view key, const StoredAnswer& answer,
                 util::Instant at) {
  connection
      .query(
          "INSERT INTO answers (key, digest, status, body, at) VALUES (?, ?, ?, ?, ?) "
          "ON CONFLICT (key) DO UPDATE SET digest = excluded.digest, status = excluded.status, "
          "body = excluded.body, at = excluded.at")
      .bind(key)
      .bind(answer.digest)
      .bind(std::int64_t{answer.status})
      .bind(answer.body)
      .bind(at)
      .run();
}

void prune_answers(Connection& connection, util::Instant instant) {
  // Ids grow with time, so this walks what goes and one more; nothing has to index the time.
  connection
      .query(
          "DELETE FROM answers WHERE id < ifnull((SELECT id FROM answers WHERE at >= ?1 ORDER BY "
          "id LIMIT 1), "
          "9223372036854775807)")
      .bind(instant)
      .run();
}

}  // namespace taskman::store::sqlite
