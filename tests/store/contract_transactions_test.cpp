#include <stdexcept>

#include "store/bed.hpp"

namespace taskman::test {
namespace {

using model::Task;
using store::Commit;
using store::WriteTx;

Bed any_backend() { return Bed(GENERATE(from_range(backends()))); }

model::TaskId insert(WriteTx& tx, const std::string& title) {
  Task task;
  task.title = title;
  return tx.insert_task(task);
}

std::int64_t count_tasks(Bed& bed) {
  std::int64_t total = 0;
  bed.store->read([&](store::ReadTx& tx) {
    total = tx.list_tasks({.context = {.now = bed.clock.now(), .zone = &bed.zone}}).total;
  });
  return total;
}

TEST_CASE("a new store is at revision zero with an identity of its own") {
  Bed bed = any_backend();
  CHECK(bed.store->head().rev == 0);
  CHECK(bed.store->id().size() == 32);
  const auto head = bed.store->head();
  const auto id = bed.store->id();
  bed.reopen();
  CHECK(bed.store->head() == head);
  CHECK(bed.store->id() == id);
}

TEST_CASE("what a closure throws is thrown to its caller and nothing of it is kept") {
  Bed bed = any_backend();
  const auto before = bed.store->head();
  CHECK_THROWS_AS(bed.store->write([](WriteTx& tx) {
    const auto id = insert(tx, "half");
    tx.append(changeset_of(*tx.find_task(id)));
    throw std::runtime_error("on purpose");
  }),
                  std::runtime_error);
  CHECK(bed.store->head() == before);
  CHECK(bed.committed.empty());
  CHECK(count_tasks(bed) == 0);
  CHECK(bed.add("next").value == 1);
  CHECK(bed.store->head().rev == 1);
}

TEST_CASE("a dry run gives its results and leaves nothing behind") {
  Bed bed = any_backend();
  bed.add("kept");
  const auto before = bed.store->head();
  model::TaskId id;
  const auto head = bed.store->write(
      [&](WriteTx& tx) {
        id = insert(tx, "tried");
        CHECK(tx.append(changeset_of(*tx.find_task(id))).rev == before.rev + 1);
      },
      Commit::kDryRun);
  CHECK(id.value == 2);
  CHECK(head == before);
  CHECK(bed.store->head() == before);
  CHECK(bed.committed.size() == 1);
  CHECK(count_tasks(bed) == 1);
  CHECK(bed.add("next").value == 2);
}

TEST_CASE("the head moves with the commit, and the listener hears of each one") {
  Bed bed = any_backend();
  const auto first = bed.store->write([](WriteTx& tx) {
    const auto id = insert(tx, "x");
    tx.append(changeset_of(*tx.find_task(id)));
  });
  CHECK(first.rev == 1);
  CHECK(bed.store->head() == first);
  CHECK(bed.committed == std::vector<model::Cursor>{first});
  const auto same = bed.store->write([](WriteTx& tx) { CHECK(tx.find_task({1})); });
  CHECK(same == first);
  CHECK(bed.committed.size() == 1);
}

TEST_CASE("a transaction appends one changeset and that has a change") {
  Bed bed = any_backend();
  CHECK(error_of([&] {
          bed.store->write([](WriteTx& tx) {
            tx.append(changeset_of(*tx.find_task(insert(tx, "x"))));
            tx.append(changeset_of(*tx.find_task({1})));
          });
        }).code() == error::Code::kInternal);
  CHECK(error_of([&] { bed.store->write([](WriteTx& tx) { tx.append({}); }); }).code() ==
        error::Code::kInternal);
  CHECK(bed.store->head().rev == 0);
}

TEST_CASE("revisions are dense whatever fails between them") {
  Bed bed = any_backend();
  std::uint64_t seed = 1;
  std::int64_t kept = 0;
  for (int i = 0; i < 300; ++i) {
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    const auto fate = (seed >> 33U) % 5;
    const auto change = [&](WriteTx& tx) {
      if (fate == 0) throw std::runtime_error("before anything");
      const auto id = insert(tx, "x");
      if (fate == 1) throw std::runtime_error("half-way");
      tx.append(changeset_of(*tx.find_task(id)));
      if (fate == 2) throw std::runtime_error("after the log");
    };
    try {
      bed.store->write(change, fate == 3 ? Commit::kDryRun : Commit::kYes);
      if (fate == 4) ++kept;
    } catch (const std::runtime_error&) {
      CHECK(fate < 3);
    }
    CHECK(bed.store->head().rev == kept);
  }
  REQUIRE(kept > 30);
  const auto log = bed.log();
  REQUIRE(static_cast<std::int64_t>(log.size()) == kept);
  for (std::size_t i = 0; i < log.size(); ++i)
    CHECK(log[i].cursor.rev == static_cast<std::int64_t>(i) + 1);
  CHECK(count_tasks(bed) == kept);
}

TEST_CASE("a read sees one snapshot while writes go on") {
  Bed bed = any_backend();
  bed.add("one");
  bed.store->read([&](store::ReadTx& tx) {
    bed.add("two");
    CHECK(tx.list_tasks({.context = {.now = bed.clock.now(), .zone = &bed.zone}}).total == 1);
    CHECK(tx.log_range().head.rev == 1);
    CHECK(bed.store->head().rev == 2);
  });
  CHECK(count_tasks(bed) == 2);
}

TEST_CASE("what a reading closure throws is thrown to its caller and the store reads on") {
  Bed bed = any_backend();
  bed.add("x");
  for (int i = 0; i < 20; ++i) {
    CHECK_THROWS_AS(bed.store->read([](store::ReadTx& tx) {
      tx.find_task({1});
      throw std::runtime_error("on purpose");
    }),
                    std::runtime_error);
  }
  CHECK(bed.find({1}).title == "x");
}

TEST_CASE("an answer is kept under its key for a day") {
  Bed bed = any_backend();
  const store::StoredAnswer answer{.digest = "abc", .body = "{\"schema\":1}", .status = 201};
  bed.store->write([&](WriteTx& tx) {
    CHECK_FALSE(tx.find_answer("k1"));
    tx.save_answer("k1", answer, bed.clock.now());
    CHECK(tx.find_answer("k1")->status == 201);
  });
  bed.reopen();
  const auto find = [&](const std::string& key) {
    std::optional<store::StoredAnswer> found;
    bed.store->read([&](store::ReadTx& tx) { found = tx.find_answer(key); });
    return found;
  };
  REQUIRE(find("k1"));
  CHECK(find("k1")->digest == "abc");
  CHECK(find("k1")->body == answer.body);
  CHECK_FALSE(find("k2"));
  bed.clock.advance(std::chrono::hours(24));
  CHECK(find("k1"));
  bed.clock.advance(std::chrono::milliseconds(1));
  CHECK_FALSE(find("k1"));
  bed.store->write([&](WriteTx& tx) { tx.save_answer("k1", {.digest = "def"}, bed.clock.now()); });
  CHECK(find("k1")->digest == "def");
}

TEST_CASE("answers are pruned by their time, and go with a transaction that fails") {
  Bed bed = any_backend();
  const auto start = bed.clock.now();
  for (int i = 0; i < 10; ++i) {
    bed.store->write([&](WriteTx& tx) {
      tx.save_answer("k" + std::to_string(i), {.digest = "d"}, start + std::chrono::minutes(i));
    });
  }
  bed.store->write([&](WriteTx& tx) { tx.prune_answers(start + std::chrono::minutes(4)); });
  CHECK_THROWS(bed.store->write([&](WriteTx& tx) {
    tx.save_answer("lost", {.digest = "d"}, start);
    throw std::runtime_error("on purpose");
  }));
  bed.store->read([](store::ReadTx& tx) {
    for (int i = 0; i < 10; ++i)
      CHECK(tx.find_answer("k" + std::to_string(i)).has_value() == (i >= 4));
    CHECK_FALSE(tx.find_answer("lost"));
  });
  bed.store->write([&](WriteTx& tx) { tx.prune_answers(start + std::chrono::hours(1)); });
  bed.store->read([](store::ReadTx& tx) { CHECK_FALSE(tx.find_answer("k9")); });
}

}  // namespace
}  // namespace taskman::test
