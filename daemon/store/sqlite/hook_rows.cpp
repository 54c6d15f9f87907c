#include "daemon/store/sqlite/hook_rows.hpp"

namespace taskman::store::sqlite {
namespace {

using model::DeadLetter;
using model::Hook;
using model::HookId;

Hook read_hook(const Query& query) {
  return {.id = {query.integer(0)},
          .on = query.string(1),
          .sprints_of = query.optional_string(2),
          .kind = static_cast<model::HookKind>(query.integer(3)),
          .target = query.string(4),
          .secret = query.string(5),
          .actor = query.string(6),
          .created_at = query.instant(7),
          .paused = query.integer(8) != 0,
          .progress = {.rev = query.integer(9),
                       .told = query.integer(10),
                       .failures = query.integer(11),
                       .next_try_at = query.optional_instant(12),
                       .delivered_at = query.optional_instant(13),
                       .last_error = query.optional_string(14)},
          .dead = query.integer(15)};
}

DeadLetter read_letter(const Query& query) {
  return {.hook = {query.integer(0)},
          .rev = query.integer(1),
          .frame = query.optional_string(6),
          .attempts = query.integer(2),
          .error = query.string(3),
          .at = query.instant(4),
          .again = query.integer(5) != 0};
}

}  // namespace

std::optional<Hook> find_hook(Connection& connection, HookId id) {
  Query query = connection.query(
      "SELECT id, on_text, sprints_of, kind, target, secret, actor, created_at, paused, rev, told, "
      "failures, next_try_at, delivered_at, last_error, (SELECT count(*) FROM dead_letters WHERE "
      "hook = hooks.id) FROM hooks WHERE id = ?");
  query.bind(id.value);
  if (!query.step()) return std::nullopt;
  return read_hook(query);
}

std::vector<Hook> all_hooks(Connection& connection) {
  std::vector<Hook> hooks;
  Query query = connection.query(
      "SELECT id, on_text, sprints_of, kind, target, secret, actor, created_at, paused, rev, told, "
      "failures, next_try_at, delivered_at, last_error, (SELECT count(*) FROM dead_letters WHERE "
      "hook = hooks.id) FROM hooks ORDER BY id");
  while (query.step()) hooks.push_back(read_hook(query));
  return hooks;
}

HookId insert_hook(Connection& connection, const Hook& hook) {
  connection
      .query(
          "INSERT INTO hooks (on_text, sprints_of, kind, target, secret, actor, created_at, "
          "paused, rev, told, failures) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(hook.on)
      .bind(hook.sprints_of)
      .bind(static_cast<std::int64_t>(hook.kind))
      .bind(hook.target)
      .bind(hook.secret)
      .bind(hook.actor)
      .bind(hook.created_at)
      .bind(std::int64_t{hook.paused})
      .bind(hook.progress.rev)
      .bind(hook.progress.told)
      .bind(hook.progress.failures)
      .run();
  return {connection.last_insert_id()};
}

void save_hook_progress(Connection& connection, HookId id, const model::HookProgress& progress) {
  connection
      .query(
          "UPDATE hooks SET rev = ?, told = ?, failures = ?, next_try_at = ?, delivered_at = ?, "
          "last_error = ? WHERE id = ?")
      .bind(progress.rev)
      .bind(progress.told)
      .bind(progress.failures)
      .bind(progress.next_try_at)
      .bind(progress.delivered_at)
      .bind(progress.last_error)
      .bind(id.value)
      .run();
}

void set_hook_paused(Connection& connection, HookId id, bool paused) {
  connection.query("UPDATE hooks SET paused = ? WHERE id = ?")
      .bind(std::int64_t{paused})
      .bind(id.value)
      .run();
}

void delete_hook(Connection& connection, HookId id) {
  connection.query("DELETE FROM hooks WHERE id = ?").bind(id.value).run();
}

std::vector<DeadLetter> dead_letters(Connection& connection, std::optional<HookId> hook) {
  std::vector<DeadLetter> letters;
  Query query = connection.query(
      "SELECT hook, rev, attempts, error, at, again, frame FROM dead_letters "
      "WHERE ?1 IS NULL OR hook = ?1 ORDER BY hook, rev");
  query.bind(hook ? std::optional(hook->value) : std::nullopt);
  while (query.step()) letters.push_back(read_letter(query));
  return letters;
}

std::optional<DeadLetter> next_letter(Connection& connection, HookId hook) {
  Query query = connection.query(
      "SELECT hook, rev, attempts, error, at, again, frame FROM dead_letters "
      "WHERE hook = ? AND again <> 0 ORDER BY rev LIMIT 1");
  query.bind(hook.value);
  if (!query.step()) return std::nullopt;
  return read_letter(query);
}

void save_dead_letter(Connection& connection, const DeadLetter& letter, std::int64_t most) {
  // The hook may be gone by now, and its letters with it.
  connection
      .query(
          "INSERT OR REPLACE INTO dead_letters (hook, rev, attempts, error, at, again, frame) "
          "SELECT id, ?, ?, ?, ?, ?, ? FROM hooks WHERE id = ?")
      .bind(letter.rev)
      .bind(letter.attempts)
      .bind(letter.error)
      .bind(letter.at)
      .bind(std::int64_t{letter.again})
      .bind(letter.frame)
      .bind(letter.hook.value)
      .run();
  connection
      .query(
          "DELETE FROM dead_letters WHERE hook = ?1 AND rev <= (SELECT rev FROM dead_letters "
          "WHERE hook = ?1 ORDER BY rev DESC LIMIT 1 OFFSET ?2)")
      .bind(letter.hook.value)
      .bind(most)
      .run();
}

void delete_dead_letter(Connection& connection, HookId hook, std::int64_t rev) {
  connection.query("DELETE FROM dead_letters WHERE hook = ? AND rev = ?")
      .bind(hook.value)
      .bind(rev)
      .run();
}

std::int64_t mark_dead_letters(Connection& connection, HookId hook) {
  const std::int64_t before = connection.changes();
  connection.query("UPDATE dead_letters SET again = 1 WHERE hook = ? AND frame IS NOT NULL")
      .bind(hook.value)
      .run();
  return connection.changes() - before;
}

}  // namespace taskman::store::sqlite
