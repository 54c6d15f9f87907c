#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "daemon/store/sqlite/migrations.hpp"
#include "store/bed.hpp"
#include "store/child.hpp"
#include "store/sqlite_file.hpp"

namespace taskman::test {
namespace {

namespace fs = std::filesystem;
using error::Code;

mode_t mode_of(const fs::path& path) {
  struct stat info {};
  ::stat(path.c_str(), &info);
  return info.st_mode & 07777;
}

std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct ClosedBed : Bed {
  ClosedBed() : file(folder / "taskman.db") { store.reset(); }
  error::Error refusal() {
    return error_of([&] { open(); });
  }
  fs::path file;
};

TEST_CASE("only a known scheme with an absolute path is opened") {
  Bed bed;
  CHECK(error_of([&] { store::open("postgresql://x", bed.options()); }).code() ==
        Code::kInvalidValue);
  CHECK(error_of([&] { store::open("/plain/path", bed.options()); }).code() == Code::kInvalidValue);
  CHECK(error_of([&] { store::open("sqlite:relative.db", bed.options()); }).code() ==
        Code::kInvalidValue);
}

TEST_CASE("a new store is private, as are the folders made for it") {
  Bed bed;
  const fs::path file = bed.folder / "a" / "b" / "c.db";
  const auto store = store::open("sqlite:" + file.string(), bed.options());
  CHECK(mode_of(file) == 0600);
  CHECK(mode_of(bed.folder / "a") == 0700);
  CHECK(mode_of(bed.folder / "a" / "b") == 0700);
  for (const char* suffix : {"-wal", "-shm", ".lock", ".ballast"})
    CHECK(mode_of(file.string() + suffix) == 0600);
}

TEST_CASE("the database says what it is") {
  ClosedBed bed;
  CHECK(sql(bed.file, "PRAGMA application_id") == std::to_string(0x5441534B));
  CHECK(sql(bed.file, "PRAGMA user_version") == std::to_string(store::sqlite::migrations().size()));
  CHECK(sql(bed.file, "PRAGMA journal_mode") == "wal");
  CHECK(sql(bed.file, "PRAGMA integrity_check") == "ok");
}

TEST_CASE("what is not our database is refused and left as it is") {
  ClosedBed bed;
  fs::remove(bed.file);
  std::string expected;
  SECTION("text") {
    std::ofstream(bed.file) << "these are my notes";
    expected = "is not a database";
  }
  SECTION("another program's") {
    sql(bed.file, "CREATE TABLE bookmarks (x)");
    expected = "belongs to another program";
  }
  SECTION("another program's, marked") {
    sql(bed.file, "PRAGMA application_id = 77; CREATE TABLE t (x)");
    expected = "application id 0x4d";
  }
  SECTION("another program's, marked and empty") {
    sql(bed.file, "PRAGMA application_id = -5; VACUUM");
    expected = "belongs to another program";
  }
  const std::string before = content_of(bed.file);
  const auto refusal = bed.refusal();
  CHECK(refusal.code() == Code::kStorageUnavailable);
  CHECK_THAT(refusal.message(), ContainsSubstring(expected));
  CHECK_FALSE(refusal.hint().empty());
  CHECK(content_of(bed.file) == before);
}

TEST_CASE("a newer schema is refused with both numbers") {
  ClosedBed bed;
  sql(bed.file, "PRAGMA user_version = 99");
  const auto refusal = bed.refusal();
  CHECK(refusal.code() == Code::kStorageUnavailable);
  CHECK_THAT(refusal.message(),
             ContainsSubstring("schema 99") &&
                 ContainsSubstring("knows " + std::to_string(store::sqlite::migrations().size()) +
                                   " at most"));
}

TEST_CASE("a folder in the database's place is refused") {
  ClosedBed bed;
  fs::remove(bed.file);
  fs::create_directory(bed.file);
  CHECK_THAT(bed.refusal().message(), ContainsSubstring("is a folder"));
}

TEST_CASE("a pipe in the database's place is refused, not waited for") {
  ClosedBed bed;
  fs::remove(bed.file);
  REQUIRE(::mkfifo(bed.file.c_str(), 0600) == 0);
  CHECK_THAT(bed.refusal().message(), ContainsSubstring("not a regular file"));
}

TEST_CASE("a database with a second name is refused") {
  ClosedBed bed;
  fs::create_hard_link(bed.file, bed.folder / "other.db");
  CHECK_THAT(bed.refusal().message(), ContainsSubstring("has 2 names"));
  fs::remove(bed.folder / "other.db");
  bed.open();
}

/// Acknowledged, and in the log alone: the process ends as by kill -9.
void add_and_die(ClosedBed& bed, const std::string& title) {
  const int code = in_child([&] {
    bed.open();
    bed.add(title);
    ::_exit(0);
    return 0;
  });
  REQUIRE(code == 0);
}

TEST_CASE("where only the log of a database is left, no new one is begun") {
  ClosedBed bed;
  add_and_die(bed, "in the log");
  const fs::path away = bed.folder / "away.db";
  fs::rename(bed.file, away);
  CHECK_THAT(bed.refusal().message(), ContainsSubstring("is gone"));
  CHECK_FALSE(fs::exists(bed.file));
  fs::rename(away, bed.file);
  bed.open();
  CHECK(bed.find({1}).title == "in the log");
}

TEST_CASE("a log is not applied to another file that took its database's place") {
  ClosedBed bed;
  const fs::path other = bed.folder / "other.db";
  fs::copy_file(bed.file, other);
  add_and_die(bed, "in the log");
  const fs::path away = bed.folder / "away.db";
  fs::rename(bed.file, away);
  fs::rename(other, bed.file);
  for (int again = 0; again < 2; ++again) {
    const auto refusal = bed.refusal();
    CHECK_THAT(refusal.message(), ContainsSubstring("is another file"));
    CHECK_THAT(refusal.hint(), ContainsSubstring("move the log away"));
  }
  fs::rename(away, bed.file);
  bed.open();
  CHECK(bed.find({1}).title == "in the log");
}

TEST_CASE("a database that is moved away takes with it what was acknowledged") {
  ClosedBed bed;
  bed.open();
  bed.add("acknowledged");
  const fs::path away = bed.folder / "away.db";
  fs::rename(bed.file, away);
  CHECK(error_of([&] { bed.add("too late"); }).code() == Code::kStorageUnavailable);
  bed.store.reset();
  CHECK(sql(away, "SELECT title FROM tasks") == "acknowledged");
  // What takes the place meanwhile is not touched by it.
  bed.open();
  bed.store->read([](store::ReadTx& tx) { CHECK(tx.list_tasks({}).total == 0); });
}

TEST_CASE("after an unclean stop the database is checked, after a clean one it is not") {
  ClosedBed bed;
  bed.notices.clear();
  bed.open();
  bed.store.reset();
  CHECK(bed.notices.empty());
  const int code = in_child([&] {
    bed.open();
    bed.add("kept");
    ::_exit(0);
    return 0;
  });
  CHECK(code == 0);
  bed.open();
  REQUIRE(bed.notices.size() == 1);
  CHECK_THAT(bed.notices[0], ContainsSubstring("did not stop cleanly"));
  CHECK(bed.find({1}).title == "kept");
  bed.reopen();
  CHECK(bed.notices.size() == 1);
}

TEST_CASE("damage is found after an unclean stop") {
  ClosedBed bed;
  bed.open();
  for (int i = 0; i < 200; ++i)
    bed.add("a task with a title of some length, so that there are pages to damage");
  bed.store.reset();
  std::fstream file(bed.file, std::ios::in | std::ios::out | std::ios::binary);
  for (std::streamoff page = 2; page < 40; ++page) {
    file.seekp(page * 4096 + 3);
    file.write("\xff\xff\xff\xff\xff\xff\xff\xff", 8);
  }
  file.close();
  std::ofstream(bed.file.string() + ".lock") << "process 1\n";
  const auto refusal = bed.refusal();
  CHECK(refusal.code() == Code::kStorageUnavailable);
  CHECK_THAT(refusal.hint(), ContainsSubstring("restore"));
  CHECK(fs::file_size(bed.file) > 40 * 4096);
}

TEST_CASE("a file or folder that cannot be written is refused") {
  ClosedBed bed;
  fs::permissions(bed.folder.path(), fs::perms(0755));
  std::string expected;
  SECTION("file") {
    fs::permissions(bed.file, fs::perms(0444));
    expected = "is not writable";
  }
  SECTION("folder") {
    fs::permissions(bed.file, fs::perms(0666));
    fs::remove(bed.file.string() + ".lock");
    fs::permissions(bed.folder.path(), fs::perms(0555));
    expected = "cannot create the lock";
  }
  SECTION("new file in such a folder") {
    fs::remove(bed.file);
    fs::permissions(bed.folder.path(), fs::perms(0555));
    expected = "cannot create the database";
  }
  constexpr uid_t kNobody = 65534;
  const int code = in_child([&] {
    if (::geteuid() == 0 && ::setresuid(kNobody, kNobody, kNobody) != 0) return 3;
    const auto refusal = bed.refusal();
    return refusal.code() == Code::kStorageUnavailable &&
                   refusal.message().find(expected) != std::string::npos
               ? 0
               : 1;
  });
  fs::permissions(bed.folder.path(), fs::perms(0755));
  CHECK(code == 0);
}

TEST_CASE("a database is opened once, and the refusal names the holder") {
  ClosedBed bed;
  {
    Child holder([&](int output) {
      bed.open();
      (void)!::write(output, "open\n", 5);
      ::pause();
      return 0;
    });
    CHECK(holder.read_line() == "open");
    const auto refusal = bed.refusal();
    CHECK(refusal.code() == Code::kConflict);
    CHECK_THAT(refusal.message(),
               ContainsSubstring("in use by process " + std::to_string(holder.pid())));
  }
  bed.open();
  CHECK(error_of([&] { store::open(bed.url, bed.options()); }).code() == Code::kConflict);
  fs::create_symlink(bed.file, bed.folder / "link.db");
  CHECK(error_of([&] {
          store::open("sqlite:" + (bed.folder / "link.db").string(), bed.options());
        }).code() == Code::kConflict);
}

TEST_CASE("a file that is moved or replaced stops writes and reads, and is not made anew") {
  ClosedBed bed;
  bed.open();
  bed.add("before");
  CHECK(bed.find({1}).title == "before");
  const fs::path moved = bed.folder / "moved.db";
  fs::rename(bed.file, moved);
  const bool replaced = GENERATE(false, true);
  if (replaced) std::ofstream(bed.file) << "";
  for (int i = 0; i < 2; ++i) {
    const auto failure = error_of([&] { bed.add("after"); });
    CHECK(failure.code() == Code::kStorageUnavailable);
    CHECK_THAT(failure.message(), ContainsSubstring("was moved, replaced or deleted"));
  }
  CHECK(bed.failures.size() == 1);
  // Through a connection that is open already, too: what it reads is no longer the database.
  CHECK_THAT(error_of([&] { bed.find({1}); }).message(),
             ContainsSubstring("was moved, replaced or deleted"));
  CHECK(bed.store->head().rev == 1);
  CHECK(fs::exists(bed.file) == replaced);
  bed.store.reset();
  CHECK(sql(moved, "PRAGMA integrity_check") == "ok");
}

}  // namespace
}  // namespace taskman::test
