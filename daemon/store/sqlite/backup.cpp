#include "daemon/store/sqlite/backup.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>

#include "common/error/error.hpp"
#include "common/util/fd.hpp"
#include "daemon/store/sqlite/connection.hpp"
#include "daemon/store/sqlite/files.hpp"
#include "daemon/store/sqlite/schema.hpp"

namespace taskman::store::sqlite {
namespace {

namespace fs = std::filesystem;
using error::Code;
using error::Error;

/// A file that goes when it is not wanted any more.
class Partial {
 public:
  explicit Partial(fs::path path) : path_(std::move(path)) {
    const util::Fd fd(::open(path_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!fd) {
      const int failure = errno;
      throw Error(failure == ENOSPC ? Code::kDiskFull : Code::kStorageUnavailable,
                  fmt::format("cannot write {}: {}", path_.string(), std::strerror(failure)),
                  "name a file in a folder you can write to");
    }
  }
  ~Partial() {
    std::error_code ignored;
    fs::remove(path_, ignored);
    fs::remove(path_.string() + "-journal", ignored);
  }
  Partial(const Partial&) = delete;
  Partial& operator=(const Partial&) = delete;

  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

void copy_pages(Connection& from, Connection& to) {
  sqlite3_backup* copy = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (copy == nullptr) to.fail(sqlite3_extended_errcode(to.handle()));
  sqlite3_backup_step(copy, -1);
  to.check(sqlite3_backup_finish(copy));
}

void copy_and_check(const fs::path& source, const fs::path& target) {
  std::atomic<std::int64_t> statements{0};
  Connection to(target.string(), Access::kReadWrite, statements);
  {
    Connection from(source.string(), Access::kReadOnly, statements);
    copy_pages(from, to);
  }
  // The copy is one file without a log beside it.
  to.execute("PRAGMA journal_mode = DELETE");
  full_check(to);
}

/// A file under such a name is taken for a part of the database.
bool is_a_companion(const fs::path& database, const fs::path& file) {
  std::error_code unknown;
  if (!fs::equivalent(database.parent_path(), file.parent_path(), unknown)) return false;
  const std::string name = database.filename().string();
  return std::ranges::any_of(std::array{"-wal", "-shm", "-journal", ".lock", ".hooks", ".ballast"},
                             [&](const char* end) { return file.filename() == name + end; });
}

}  // namespace

void copy_database(const fs::path& source, const fs::path& target) {
  if (is_a_companion(source, target)) {
    throw Error(Code::kConflict, fmt::format("{} belongs to the database", target.string()),
                "name another file");
  }
  std::error_code failure;
  if (fs::exists(fs::symlink_status(target, failure))) {
    throw Error(Code::kConflict, fmt::format("{} exists already", target.string()),
                "name a file that does not exist");
  }
  const Partial partial(target.string() + ".partial");
  copy_and_check(source, partial.path());
  sync_file(partial.path());
  // link, not rename: it refuses to replace what came to be in the meantime.
  fs::create_hard_link(partial.path(), target, failure);
  if (failure) {
    throw Error(failure.value() == EEXIST ? Code::kConflict : Code::kStorageUnavailable,
                fmt::format("cannot write {}: {}", target.string(), failure.message()));
  }
  sync_folder_of(target);
}

}  // namespace taskman::store::sqlite
