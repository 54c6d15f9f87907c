// What the store costs: durable updates against bare SQLite in the same run, and lists out of
// 100,000 tasks.
//   store_bench [seconds per figure] [tasks]
// Prints one line per figure with its ratio to the floor.

#include <fmt/core.h>
#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "common/time/clock.hpp"
#include "common/util/random.hpp"
#include "common/wire/json.hpp"
#include "daemon/store/open.hpp"

namespace {

namespace fs = std::filesystem;
using namespace taskman;
using Seconds = std::chrono::duration<double>;

struct Setting {
  fs::path folder;
  Seconds time{2};
  int tasks = 10'000;
};

struct Bed {
  time::SystemClock clock;
  util::SystemRandom random;
  time::UtcZone zone;
  std::unique_ptr<store::Store> store;
};

double per_second(const Setting& setting, const std::function<void()>& once) {
  const auto start = std::chrono::steady_clock::now();
  std::int64_t done = 0;
  Seconds passed{0};
  while (passed < setting.time) {
    once();
    ++done;
    passed = std::chrono::steady_clock::now() - start;
  }
  return static_cast<double>(done) / passed.count();
}

/// Update one row and insert another, WAL, synchronous=FULL: what a durable change costs at least.
double bare_sqlite(const Setting& setting) {
  sqlite3* db = nullptr;
  sqlite3_open((setting.folder / "bare.db").c_str(), &db);
  sqlite3_exec(db,
               "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
               "CREATE TABLE t(id INTEGER PRIMARY KEY, v INTEGER, s TEXT); CREATE TABLE l(id "
               "INTEGER PRIMARY KEY, s TEXT);"
               "WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM c WHERE i<10000)"
               "INSERT INTO t SELECT i, 0, hex(randomblob(100)) FROM c",
               nullptr, nullptr, nullptr);
  sqlite3_stmt* update = nullptr;
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(db, "UPDATE t SET v = v + 1 WHERE id = ?", -1, &update, nullptr);
  sqlite3_prepare_v2(db,
                     "INSERT INTO l(s) VALUES ('a line of the log that is of some length, about a "
                     "hundred bytes or so')",
                     -1, &insert, nullptr);
  int next = 0;
  const double rate = per_second(setting, [&] {
    sqlite3_exec(db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
    sqlite3_bind_int(update, 1, 1 + (next++ * 7919) % 10000);
    sqlite3_step(update);
    sqlite3_reset(update);
    sqlite3_step(insert);
    sqlite3_reset(insert);
    sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
  });
  sqlite3_finalize(update);
  sqlite3_finalize(insert);
  sqlite3_close(db);
  return rate;
}

void fill(Bed& bed, const Setting& setting) {
  bed.store->write([&](store::WriteTx& tx) {
    const auto now = bed.clock.now();
    for (int p = 0; p < 10; ++p) {
      tx.insert_project(
          {.key = fmt::format("project{}", p), .name = "P", .created_at = now, .updated_at = now});
    }
    model::Sprint sprint;
    sprint.name = "Sprint";
    for (int s = 0; s < 20; ++s) tx.insert_sprint(sprint);
    for (int i = 0; i < setting.tasks; ++i) {
      model::Task task;
      task.title = fmt::format("Task number {} needs something to be done", i);
      task.body = std::string(100, 'x');
      task.status = static_cast<model::Status>((i * 7) % 6);
      task.priority = static_cast<model::Priority>((i * 13) % 4);
      task.project = fmt::format("project{}", i % 10);
      task.sprint = model::SprintId{1 + i % 20};
      task.assignee = fmt::format("user{}", i % 30);
      if (i % 3 == 0) task.labels = {fmt::format("area{}", i % 7), "common"};
      task.points = i % 8;
      if (i % 3 == 1) task.due = now + std::chrono::minutes(i % 5000);
      task.created_at = now - std::chrono::seconds(setting.tasks - i);
      task.updated_at = now - std::chrono::seconds((i * 7919) % 100000);
      tx.insert_task(task);
    }
  });
}

/// What the service does for `task done`: look up the key, find, update, log, progress, answer.
void update_one(Bed& bed, std::int64_t id, const std::string& key) {
  bed.store->write([&](store::WriteTx& tx) {
    if (tx.find_answer(key)) return;
    const auto before = tx.find_task({id});
    model::Task after = *before;
    after.status = model::is_open(after.status) ? model::Status::kDone : model::Status::kTodo;
    after.version += 1;
    after.updated_at = bed.clock.now();
    after.closed_at = after.updated_at;
    tx.update_task(after);
    model::Changeset changeset{
        .at = after.updated_at, .actor = "bench", .origin = "api", .key = key};
    changeset.changes.push_back(
        wire::task_change(model::ChangeType::kTaskUpdated, &*before, &after));
    tx.save_progress(*after.sprint, tx.progress_of(*after.sprint));
    tx.append(changeset);
    tx.save_answer(key, {.digest = "0123456789abcdef", .body = wire::encode(after)},
                   after.updated_at);
  });
}

/// CPU seconds of the store's writer thread so far.
double writer_seconds() {
  for (const auto& task : fs::directory_iterator("/proc/self/task")) {
    std::string name;
    std::ifstream(task.path() / "comm") >> name;
    if (name != "store-writer") continue;
    double nanoseconds = 0;
    std::ifstream(task.path() / "schedstat") >> nanoseconds;
    return nanoseconds / 1e9;
  }
  return 0;
}

double updates(Bed& bed, const Setting& setting, int threads) {
  std::atomic<bool> stop{false};
  std::atomic<std::int64_t> done{0};
  std::vector<std::jthread> writers;
  const auto start = std::chrono::steady_clock::now();
  for (int w = 0; w < threads; ++w) {
    writers.emplace_back([&, w] {
      for (std::int64_t i = w; !stop; ++i) {
        update_one(bed, 1 + (i * 7919) % setting.tasks, bed.random.token());
        ++done;
      }
    });
  }
  std::this_thread::sleep_for(setting.time);
  stop = true;
  writers.clear();
  return static_cast<double>(done) / Seconds(std::chrono::steady_clock::now() - start).count();
}

void list(Bed& bed, const std::string& filter, std::vector<store::Sort> sort = {}) {
  const filter::Context context{.now = bed.clock.now(), .zone = &bed.zone, .actor = "user3"};
  const store::TaskQuery query{.filter = filter::parse(filter, context),
                               .context = context,
                               .sort = std::move(sort),
                               .limit = 50};
  std::int64_t total = 0;
  const double rate = per_second({.time = Seconds(0.3)}, [&] {
    bed.store->read([&](store::ReadTx& tx) { total = tx.list_tasks(query).total; });
  });
  fmt::print("list of 50, {:<34} {:>8.3f} ms   of {}\n", filter, 1000 / rate, total);
}

void lists(Bed& bed) {
  for (const char* filter :
       {"is:open", "", "status:todo", "status:todo,review", "status:done",
        "project:project3 is:open", "sprint:3 is:open", "assignee:user7 is:open",
        "label:common is:open", "label:area3", "is:ready", "is:mine is:open", "priority:p0 is:open",
        "is:overdue", "\"number 77\" is:open", "is:unassigned"}) {
    std::string text = filter;
    list(bed, text);
  }
  using enum store::SortKey;
  constexpr auto kDown = store::Direction::kDescending;
  for (const auto key : {kUpdated, kCreated, kDue, kTitle, kPoints, kId, kStatus}) {
    fmt::print("sort -{} ", static_cast<int>(key));
    list(bed, "is:open", {{.key = key, .direction = kDown}});
  }
}

}  // namespace

int main(int argc, char** argv) {
  Setting setting{.folder = fs::temp_directory_path() / fmt::format("store_bench.{}", ::getpid())};
  if (argc > 1) setting.time = Seconds(std::atof(argv[1]));
  fs::create_directories(setting.folder);
  const double floor = bare_sqlite(setting);
  fmt::print("bare SQLite, update + insert per commit   {:>8.0f}/s   1.00\n", floor);
  {
    Bed bed;
    bed.store = store::open("sqlite:" + (setting.folder / "store.db").string(),
                            {.clock = &bed.clock, .random = &bed.random});
    fill(bed, setting);
    for (const int threads : {1, 8, 64}) {
      const auto before = dynamic_cast<store::Measured&>(*bed.store).figures();
      const double cpu_before = writer_seconds();
      const double rate = updates(bed, setting, threads);
      const double cpu = writer_seconds() - cpu_before;
      const auto after = dynamic_cast<store::Measured&>(*bed.store).figures();
      fmt::print(
          "store, {:>2} threads                         {:>8.0f}/s   {:.2f}   {:.1f} to a commit, "
          "{:.1f} statements and {:.1f} us of the writer each\n",
          threads, rate, rate / floor,
          static_cast<double>(after.transactions - before.transactions) /
              static_cast<double>(after.commits - before.commits),
          static_cast<double>(after.statements - before.statements) /
              static_cast<double>(after.transactions - before.transactions),
          cpu * 1e6 / static_cast<double>(after.transactions - before.transactions));
    }
  }
  {
    Bed bed;
    bed.store = store::open("sqlite:" + (setting.folder / "large.db").string(),
                            {.clock = &bed.clock, .random = &bed.random});
    setting.tasks = argc > 2 ? std::atoi(argv[2]) : 100'000;
    const auto start = std::chrono::steady_clock::now();
    fill(bed, setting);
    fmt::print("{} tasks inserted in {:.2f} s\n", setting.tasks,
               Seconds(std::chrono::steady_clock::now() - start).count());
    lists(bed);
  }
  fs::remove_all(setting.folder);
}
