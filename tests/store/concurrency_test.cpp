#include <atomic>
#include <future>
#include <stdexcept>
#include <thread>

#include "daemon/store/chain.hpp"
#include "store/bed.hpp"

namespace taskman::test {
namespace {

using model::Task;
using store::Commit;
using store::WriteTx;

Bed any_backend() { return Bed(GENERATE(from_range(backends()))); }

store::Figures figures(Bed& bed) { return dynamic_cast<store::Measured&>(*bed.store).figures(); }

void insert_and_log(WriteTx& tx, const std::string& title) {
  Task task;
  task.title = title;
  task.id = tx.insert_task(task);
  tx.append(changeset_of(task, model::ChangeType::kTaskCreated));
}

/// Holds the writer inside one closure while others queue up behind it.
class Gate {
 public:
  explicit Gate(Bed& bed) : bed_(bed) {
    std::promise<void> inside;
    auto reached = inside.get_future();
    holder_ = std::thread([this, &bed, inside = std::move(inside)]() mutable {
      bed.store->write([&](WriteTx&) {
        inside.set_value();
        opened_.get_future().wait();
      });
    });
    reached.wait();
  }
  /// Waits until `count` writes wait behind the gate, then lets them through.
  void open_for(std::int64_t count) {
    while (figures(bed_).writers_waiting < count + 1) std::this_thread::yield();
    opened_.set_value();
    holder_.join();
  }

 private:
  Bed& bed_;
  std::promise<void> opened_;
  std::thread holder_;
};

TEST_CASE("writes that wait together are committed together") {
  Bed bed = any_backend();
  constexpr int kWriters = 24;
  const auto before = figures(bed);
  Gate gate(bed);
  std::vector<std::thread> writers;
  std::vector<model::Cursor> answers(kWriters);
  for (std::size_t i = 0; i < kWriters; ++i) {
    writers.emplace_back([&, i] {
      answers[i] = bed.store->write([&](WriteTx& tx) { insert_and_log(tx, std::to_string(i)); });
    });
  }
  gate.open_for(kWriters);
  for (auto& writer : writers) writer.join();
  const auto after = figures(bed);
  CHECK(after.commits - before.commits == 2);
  CHECK(after.transactions - before.transactions == kWriters + 1);
  CHECK(bed.store->head().rev == kWriters);
  CHECK(bed.committed.size() == 1);
  const auto log = bed.log();
  for (const model::Cursor& answer : answers)
    CHECK(log.at(static_cast<std::size_t>(answer.rev - 1)).cursor == answer);
  std::ranges::sort(answers, {}, &model::Cursor::rev);
  for (std::size_t i = 0; i < kWriters; ++i)
    CHECK(answers[i].rev == static_cast<std::int64_t>(i) + 1);
  CHECK(figures(bed).writers_waiting == 0);
}

TEST_CASE("who fails in a shared commit fails alone, whenever he fails") {
  Bed bed = any_backend();
  Gate gate(bed);
  std::vector<std::thread> writers;
  std::atomic<int> good{0};
  std::atomic<int> bad{0};
  for (int i = 0; i < 30; ++i) {
    writers.emplace_back([&, i] {
      try {
        bed.store->write(
            [&](WriteTx& tx) {
              if (i % 3 == 1 && i % 2 == 0) throw std::runtime_error("at once");
              insert_and_log(tx, std::to_string(i));
              if (i % 3 == 1) throw std::runtime_error("half-way");
            },
            i % 3 == 2 ? Commit::kDryRun : Commit::kYes);
        ++good;
      } catch (const std::runtime_error&) {
        ++bad;
      }
    });
  }
  gate.open_for(30);
  for (auto& writer : writers) writer.join();
  CHECK(good == 20);
  CHECK(bad == 10);
  const auto log = bed.log();
  REQUIRE(log.size() == 10);
  model::Cursor cursor;
  bed.store->read([&](store::ReadTx& tx) {
    cursor = tx.cursor_at(0).value();
    for (const auto& entry : log) {
      cursor = store::next_cursor(cursor, entry);
      CHECK(entry.cursor == cursor);
    }
    CHECK(tx.list_tasks({.context = {.now = bed.clock.now(), .zone = &bed.zone}}).total == 10);
    CHECK(tx.find_task({10}));
    CHECK_FALSE(tx.find_task({11}));
  });
  CHECK(bed.store->head() == cursor);
}

TEST_CASE("snapshots are consistent while many read and write") {
  Bed bed = any_backend();
  std::atomic<bool> stop{false};
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 20; ++i) {
    threads.emplace_back([&] {
      while (!stop) {
        const auto known = bed.store->head();
        bed.store->read([&](store::ReadTx& tx) {
          const auto range = tx.log_range();
          const auto tasks =
              tx.list_tasks({.context = {.now = bed.clock.now(), .zone = &bed.zone}, .limit = 3})
                  .total;
          const auto log = static_cast<std::int64_t>(tx.log_after(0, 100'000).size());
          if (range.head.rev != tasks || log != tasks || range.head.rev < known.rev) ++wrong;
        });
      }
    });
  }
  for (int i = 0; i < 60; ++i) bed.store->write([&](WriteTx& tx) { insert_and_log(tx, "x"); });
  stop = true;
  for (auto& thread : threads) thread.join();
  CHECK(wrong == 0);
}

TEST_CASE("a writer reads his own writes on any connection") {
  Bed bed = any_backend();
  std::atomic<int> missing{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 20; ++round) {
        const auto cursor = bed.store->write([&](WriteTx& tx) { insert_and_log(tx, "x"); });
        bed.store->read([&](store::ReadTx& tx) {
          if (tx.cursor_at(cursor.rev) != cursor) ++missing;
        });
        if (bed.store->head().rev < cursor.rev) ++missing;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(missing == 0);
}

TEST_CASE("closing the store finishes what it accepted") {
  Bed bed = any_backend();
  std::vector<std::future<model::Cursor>> answers;
  Gate gate(bed);
  for (int i = 0; i < 5; ++i) {
    answers.push_back(std::async(std::launch::async, [&] {
      return bed.store->write([&](WriteTx& tx) { insert_and_log(tx, "x"); });
    }));
  }
  gate.open_for(5);
  for (auto& answer : answers) answer.wait();
  bed.reopen();
  CHECK(bed.store->head().rev == 5);
}

TEST_CASE("a question that takes too long is broken off, and the store answers the next one") {
  Bed bed = any_backend();
  bed.store->write([](WriteTx& tx) {
    Task task;
    task.title = "a title that is searched";
    for (int i = 0; i < 3000; ++i) tx.insert_task(task);
  });
  const auto context = filter::Context{.now = bed.clock.now(), .zone = &bed.zone};
  const store::TaskQuery search{
      .filter = filter::parse("\"not there\"", context), .context = context, .limit = 10};
  const auto failure = error_of([&] {
    bed.store->read([&](store::ReadTx& tx) {
      bed.clock.advance(std::chrono::seconds(6));
      tx.list_tasks(search);
    });
  });
  CHECK(failure.code() == error::Code::kTimeout);
  bed.store->read([&](store::ReadTx& tx) { CHECK(tx.list_tasks(search).total == 0); });
}

TEST_CASE("an idle store runs no statements, and its log can be merged at any time") {
  Bed bed = any_backend();
  for (int i = 0; i < 50; ++i) bed.add("x");
  const auto before = figures(bed);
  for (int i = 0; i < 100; ++i) CHECK(bed.store->head().rev == 50);
  CHECK(figures(bed).statements == before.statements);
  CHECK(before.wal_bytes > 0);
  dynamic_cast<store::Maintained&>(*bed.store).checkpoint();
  CHECK(figures(bed).wal_bytes == 0);
  CHECK(figures(bed).database_bytes > 0);
  bed.store->read([&](store::ReadTx& tx) {
    tx.find_task({1});
    bed.add("while a reader holds its snapshot");
    CHECK_NOTHROW(dynamic_cast<store::Maintained&>(*bed.store).checkpoint());
  });
  CHECK(bed.log().size() == 51);
}

}  // namespace
}  // namespace taskman::test
