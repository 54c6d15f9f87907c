// An older schema is brought up: all data stays, a copy of it before is kept, and an end in the
// middle leaves the old or the new.

#include "daemon/store/sqlite/migrations.hpp"
#include "store/bed.hpp"
#include "store/child.hpp"
#include "store/fault_vfs.hpp"
#include "store/sqlite_file.hpp"

namespace taskman::test {
namespace {

namespace fs = std::filesystem;

/// What undoes each step but the first; a new step gets its line here.
const std::vector<std::string>& reversals() {
  static const std::vector<std::string> kAll{
      "DROP INDEX tasks_by_due; DROP INDEX tasks_in_order",
      "CREATE TABLE change_subjects (task INTEGER NOT NULL, rev INTEGER NOT NULL, "
      "PRIMARY KEY (task, rev)) STRICT, WITHOUT ROWID; "
      "INSERT INTO change_subjects SELECT task, rev FROM task_revisions; "
      "DROP TABLE task_revisions",
      "DROP INDEX tasks_by_lease",
      "DROP TABLE undos",
      "DROP TABLE dead_letters; DROP TABLE hooks",
      "ALTER TABLE tasks DROP COLUMN lease_token",
      "DROP TABLE untold",
  };
  return kAll;
}

constexpr std::chrono::hours kHour{1};

int newest() { return static_cast<int>(store::sqlite::migrations().size()); }

/// A database with some history, as an older version left it.
struct OldBed : Bed {
  explicit OldBed(int version) : file(folder / "taskman.db") {
    for (int i = 0; i < 20; ++i) add("task " + std::to_string(i));
    for (int i = 0; i < 40; ++i) {
      edit({i % 7 + 1}, [&](model::Task& task) { task.title += "'"; });
    }
    edit({8}, [&](model::Task& task) { task.lease = lease(); });
    before = history();
    store.reset();
    for (int step = newest(); step > version; --step) {
      sql(file, "BEGIN; " + reversals().at(static_cast<std::size_t>(step) - 2) +
                    "; PRAGMA user_version = " + std::to_string(step - 1) + "; COMMIT");
    }
  }

  /// As it is without its token.
  model::Lease lease() const { return {.holder = "ana", .until = clock.now() + kHour}; }

  /// The revisions of every task and its title.
  std::vector<std::string> history() {
    std::vector<std::string> lines;
    store->read([&](store::ReadTx& tx) {
      for (std::int64_t id = 1; id <= 20; ++id) {
        std::string line = tx.find_task({id})->title;
        for (const auto& entry : tx.log_of_task({id}, 100))
          line += " " + std::to_string(entry.cursor.rev);
        lines.push_back(line);
      }
    });
    return lines;
  }

  std::vector<fs::path> copies() const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder.path())) {
      if (entry.path().filename().string().find(".backup-v") != std::string::npos)
        found.push_back(entry.path());
    }
    return found;
  }

  fs::path file;
  std::vector<std::string> before;
};

std::string version_of(const fs::path& file) { return sql(file, "PRAGMA user_version"); }

TEST_CASE("every older schema becomes the newest; what was before is kept beside it") {
  REQUIRE(reversals().size() + 1 == store::sqlite::migrations().size());
  const int version = GENERATE(range(1, newest()));
  OldBed bed(version);
  CHECK(version_of(bed.file) == std::to_string(version));
  bed.open();
  CHECK(bed.history() == bed.before);
  bed.store->read([&](store::ReadTx& tx) { CHECK(tx.find_task({8})->lease == bed.lease()); });
  bed.add("goes on");
  bed.store.reset();
  CHECK(version_of(bed.file) == std::to_string(newest()));
  CHECK(sql(bed.file, "PRAGMA integrity_check") == "ok");

  const auto copies = bed.copies();
  REQUIRE(copies.size() == 1);
  CHECK(version_of(copies[0]) == std::to_string(version));
  CHECK(sql(copies[0], "SELECT count(*) FROM tasks") == "20");
  REQUIRE(!bed.notices.empty());
  CHECK_THAT(bed.notices.back(), ContainsSubstring(copies[0].string()));

  bed.open();
  bed.store.reset();
  CHECK(bed.copies().size() == 1);
}

TEST_CASE("a change of schema may end or fail at any file operation") {
  const auto fault = GENERATE(Fault::kExit, Fault::kFail, Fault::kNoSpace);
  constexpr int kStruck = 42;
  int code = kStruck;
  for (std::int64_t at = 1; code == kStruck; ++at) {
    OldBed bed(1);
    code = in_child([&] {
      const FaultPlan plan({.fault = fault, .at = at});
      try {
        bed.open();
      } catch (const error::Error&) {
        // Refused to start; the file tells below what became of it.
      }
      bed.store.reset();
      return plan.struck() ? kStruck : 0;
    });
    INFO("operation " << at);
    bed.open();
    CHECK(bed.history() == bed.before);
    bed.store.reset();
    CHECK(sql(bed.file, "PRAGMA integrity_check") == "ok");
    for (const fs::path& copy : bed.copies()) CHECK(sql(copy, "PRAGMA integrity_check") == "ok");
    REQUIRE(at < 2000);
  }
  CHECK(code == 0);
}

}  // namespace
}  // namespace taskman::test
