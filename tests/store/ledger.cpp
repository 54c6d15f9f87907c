#include "store/ledger.hpp"

#include "daemon/store/chain.hpp"
#include "store/sqlite_file.hpp"

namespace taskman::test {

void write_key(store::Store& store, const std::string& key, std::size_t body) {
  store.write([&](store::WriteTx& tx) {
    if (tx.find_answer(key)) return;
    model::Task task;
    task.title = key;
    task.body = std::string(body, 'x');
    task.id = tx.insert_task(task);
    model::Changeset changeset = changeset_of(task, model::ChangeType::kTaskCreated);
    changeset.key = key;
    tx.append(changeset);
    tx.save_answer(key, {.digest = key, .body = key},
                   util::Instant(std::chrono::hours(24 * 365 * 200)));
  });
}

void try_key(store::Store& store, Ledger& ledger, const std::string& key, std::size_t body) {
  try {
    write_key(store, key, body);
    ledger.done.insert(key);
  } catch (const error::Error& failure) {
    (failure.code() == error::Code::kOutcomeUnknown ? ledger.unknown : ledger.refused).insert(key);
  }
}

std::set<std::string> check_ledger(store::Store& store, const Ledger& ledger) {
  std::vector<model::LogEntry> log;
  std::set<std::string> there;
  std::int64_t tasks = 0;
  model::Cursor cursor;
  store.read([&](store::ReadTx& tx) {
    cursor = tx.cursor_at(0).value();
    log = tx.log_after(0, 10'000'000);
    time::UtcZone zone;
    const auto page = tx.list_tasks({.context = {.zone = &zone}});
    tasks = page.total;
    for (const auto& task : page.items) {
      there.insert(task.title);
      CHECK(tx.find_answer(task.title).has_value());
    }
  });
  REQUIRE(log.size() == static_cast<std::size_t>(tasks));
  REQUIRE(there.size() == static_cast<std::size_t>(tasks));
  for (const auto& entry : log) {
    cursor = store::next_cursor(cursor, entry);
    REQUIRE(cursor == entry.cursor);
  }
  CHECK(store.head() == cursor);
  for (const auto& key : ledger.done) CHECK(there.count(key) == 1);
  for (const auto& key : ledger.refused) CHECK(there.count(key) == 0);
  return there;
}

void check_file(const std::filesystem::path& path) {
  CHECK(sql(path, "PRAGMA integrity_check") == "ok");
  CHECK(sql(path, "PRAGMA foreign_key_check").empty());
  CHECK(sql(path,
            "SELECT count(*) FROM status_counts c WHERE tasks <> (SELECT count(*) FROM tasks t "
            "WHERE t.status = c.status)") == "0");
}

}  // namespace taskman::test
