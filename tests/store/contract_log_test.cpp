#include "daemon/store/chain.hpp"
#include "store/bed.hpp"

namespace taskman::test {
namespace {

using model::LogEntry;

Bed any_backend() { return Bed(GENERATE(from_range(backends()))); }

TEST_CASE("the chain can be computed again from the log alone") {
  Bed bed = any_backend();
  const model::Cursor start = bed.store->head();
  for (int i = 0; i < 20; ++i) bed.add("task " + std::to_string(i));
  bed.reopen();
  model::Cursor cursor = start;
  for (const LogEntry& entry : bed.log()) {
    cursor = store::next_cursor(cursor, entry);
    CHECK(cursor == entry.cursor);
  }
  CHECK(cursor == bed.store->head());
  CHECK(cursor.rev == 20);
}

TEST_CASE("any difference in a changeset makes another chain") {
  const model::Cursor start{.rev = 4, .chain = 77};
  const LogEntry entry{.at = util::Instant{std::chrono::milliseconds(5)},
                       .actor = "ana",
                       .origin = "cli",
                       .changes = "[]"};
  const auto chain = [&](const LogEntry& changed) {
    return store::next_cursor(start, changed).chain;
  };
  LogEntry other = entry;
  SECTION("time") { other.at += std::chrono::milliseconds(1); }
  SECTION("actor") { other.actor = "anb"; }
  SECTION("origin") { other.origin = "api"; }
  SECTION("changes") { other.changes = "[1]"; }
  SECTION("where one field ends") {
    other.actor = "anac";
    other.origin = "li";
  }
  CHECK(chain(other) != chain(entry));
  CHECK(store::next_cursor({.rev = 4, .chain = 78}, entry).chain != chain(entry));
  CHECK(store::next_cursor({.rev = 5, .chain = 77}, entry).chain != chain(entry));
}

TEST_CASE("the log is read from a revision on, in order, up to a limit") {
  Bed bed = any_backend();
  for (int i = 0; i < 10; ++i) bed.add("task");
  bed.store->read([](store::ReadTx& tx) {
    const auto page = tx.log_after(3, 4);
    REQUIRE(page.size() == 4);
    CHECK(page.front().cursor.rev == 4);
    CHECK(page.back().cursor.rev == 7);
    CHECK(tx.log_after(10, 4).empty());
    CHECK(tx.log_after(8, 100).size() == 2);
    CHECK(tx.log_range().oldest == 0);
    CHECK(tx.log_range().head.rev == 10);
  });
}

TEST_CASE("an entry tells who, when and what") {
  Bed bed = any_backend();
  const auto id = bed.add("Fix login");
  const LogEntry entry = bed.log().at(0);
  CHECK(entry.actor == "ana");
  CHECK(entry.origin == "cli");
  CHECK(entry.at == bed.clock.now());
  CHECK_THAT(entry.changes, ContainsSubstring("task.created") && ContainsSubstring("Fix login"));
  CHECK_THAT(entry.subjects, ContainsSubstring("Fix login"));
  CHECK(id.value == 1);
}

TEST_CASE("a cursor is known for every revision of the log and for no other") {
  Bed bed = any_backend();
  const auto start = bed.store->head();
  bed.add("one");
  bed.add("two");
  const auto log = bed.log();
  bed.store->read([&](store::ReadTx& tx) {
    CHECK(tx.cursor_at(0) == start);
    CHECK(tx.cursor_at(1) == log[0].cursor);
    CHECK(tx.cursor_at(2) == bed.store->head());
    CHECK_FALSE(tx.cursor_at(3));
    CHECK_FALSE(tx.cursor_at(-1));
  });
}

TEST_CASE("two new stores begin with different chains") {
  Bed one;
  CountingRandom other;
  for (int i = 0; i < 50; ++i) other.next();
  store::Options options = one.options();
  options.random = &other;
  const auto two = store::open("sqlite:" + (one.folder / "two.db").string(), options);
  CHECK(two->head() != one.store->head());
  CHECK(two->id() != one.store->id());
}

TEST_CASE("the log of a task is what touched it, newest first") {
  Bed bed = any_backend();
  const auto first = bed.add("first");
  bed.add("second");
  bed.edit(first, [](model::Task& task) { task.title = "renamed"; });
  const model::Comment comment{.task = first, .author = "bob", .text = "hm", .at = bed.clock.now()};
  bed.store->write([&](store::WriteTx& tx) {
    tx.insert_comment(comment);
    model::Changeset changeset = changeset_of(*tx.find_task(first));
    changeset.changes[0].type = model::ChangeType::kTaskCommented;
    changeset.changes.push_back({.type = model::ChangeType::kSprintUpdated, .id = std::int64_t{2}});
    changeset.changes.push_back(
        {.type = model::ChangeType::kProjectUpdated, .id = std::string("web")});
    tx.append(changeset);
  });
  const auto revs = [&](model::TaskId id, std::int64_t limit) {
    std::vector<std::int64_t> found;
    bed.store->read([&](store::ReadTx& tx) {
      for (const LogEntry& entry : tx.log_of_task(id, limit)) found.push_back(entry.cursor.rev);
    });
    return found;
  };
  CHECK(revs(first, 10) == std::vector<std::int64_t>{4, 3, 1});
  CHECK(revs(first, 2) == std::vector<std::int64_t>{4, 3});
  CHECK(revs({2}, 10) == std::vector<std::int64_t>{2});
  CHECK(revs({3}, 10).empty());
  bed.store->write([&](store::WriteTx& tx) { tx.delete_task(first); });
  CHECK(revs(first, 10) == std::vector<std::int64_t>{4, 3, 1});
}

std::int64_t prune(Bed& bed, const model::Retention& keep, std::int64_t limit = 1000) {
  std::int64_t gone = 0;
  bed.store->write([&](store::WriteTx& tx) { gone = tx.prune_log(keep, bed.clock.now(), limit); });
  return gone;
}

TEST_CASE("the log forgets what is beyond the newest entries, and goes on as it was") {
  Bed bed = any_backend();
  for (int i = 0; i < 10; ++i) bed.add("task");
  const model::Cursor head = bed.store->head();
  const auto before = bed.log();
  CHECK(prune(bed, {.entries = 4}) == 6);
  bed.reopen();
  CHECK(bed.store->head() == head);
  bed.store->read([&](store::ReadTx& tx) {
    CHECK(tx.log_range().oldest == 6);
    CHECK(tx.cursor_at(6) == before[5].cursor);
    CHECK_FALSE(tx.cursor_at(5));
    CHECK(tx.log_after(0, 100).size() == 4);
    CHECK(tx.log_of_task({1}, 100).empty());
    CHECK(tx.log_of_task({10}, 100).size() == 1);
  });
  bed.add("one more");
  CHECK(bed.store->head().rev == 11);
  CHECK(prune(bed, {.entries = 1000}) == 0);
}

TEST_CASE("the log forgets what is too old, a piece at a time, even all of it") {
  Bed bed = any_backend();
  for (int i = 0; i < 5; ++i) bed.add("old");
  bed.clock.advance(std::chrono::hours(2));
  bed.add("new");
  CHECK(prune(bed, {.age = std::chrono::hours(1)}, 2) == 2);
  CHECK(prune(bed, {.age = std::chrono::hours(1)}, 100) == 3);
  CHECK(prune(bed, {.age = std::chrono::hours(1)}, 100) == 0);
  const model::Cursor head = bed.store->head();
  bed.clock.advance(std::chrono::hours(2));
  CHECK(prune(bed, {.age = std::chrono::hours(1)}, 100) == 1);
  bed.reopen();
  CHECK(bed.store->head() == head);
  bed.add("goes on");
  CHECK(bed.store->head().rev == head.rev + 1);
}

}  // namespace
}  // namespace taskman::test
