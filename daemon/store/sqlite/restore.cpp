#include "daemon/store/sqlite/restore.hpp"

#include <fmt/core.h>
#include <sqlite3.h>

#include <atomic>
#include <system_error>

#include "common/error/error.hpp"
#include "daemon/store/sqlite/backup.hpp"
#include "daemon/store/sqlite/connection.hpp"
#include "daemon/store/sqlite/errors.hpp"
#include "daemon/store/sqlite/files.hpp"
#include "daemon/store/sqlite/migrations.hpp"
#include "daemon/store/sqlite/schema.hpp"

namespace taskman::store::sqlite {
namespace {

namespace fs = std::filesystem;
using error::Code;
using error::Error;

[[noreturn]] void refuse(const std::string& backup, const std::string& reason) {
  throw Error(
      Code::kInvalidValue, fmt::format("cannot restore {}: {}", backup, reason),
      "nothing was changed; name a file that taskman backup wrote, of this version or older");
}

void check_is_ours(const fs::path& copy, const std::string& backup) {
  std::atomic<std::int64_t> statements{0};
  Connection connection(copy.string(), Access::kReadOnly, statements);
  if (read_version(connection, static_cast<int>(migrations().size())) == 0)
    refuse(backup, "it is an empty database");
}

/// A checked copy. What is wrong with the backup is no trouble of the store.
void copy_backup(const std::string& backup, const fs::path& copy) {
  try {
    copy_database(backup, copy);
  } catch (const StorageFailure& failure) {
    if (failure.trouble() != Trouble::kCorrupt) throw;
    refuse(backup, failure.message());
  }
  try {
    check_is_ours(copy, backup);
  } catch (const Error& failure) {
    if (failure.code() != Code::kStorageUnavailable) throw;
    refuse(backup, failure.message());
  }
}

/// Brings the log of the database that goes into its file, so that the file is all there is of it.
/// False when it is too damaged for that.
bool merge_log(const fs::path& path) {
  try {
    std::atomic<std::int64_t> statements{0};
    Connection connection(path.string(), Access::kReadWrite, statements);
    connection.value_of("SELECT count(*) FROM sqlite_master");
    return sqlite3_wal_checkpoint_v2(connection.handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE,
                                     nullptr, nullptr) == SQLITE_OK;
  } catch (const Error&) {
    return false;
  }
}

/// Gives the database that goes a second name. A log that cannot be merged goes with it: beside the
/// new file it would be taken for the new file's.
void keep(const fs::path& path, const fs::path& kept) {
  const std::string log = path.string() + "-wal";
  if (!merge_log(path) && fs::exists(log)) fs::rename(log, kept.string() + "-wal");
  fs::remove(log);
  fs::remove(path.string() + "-shm");
  fs::create_hard_link(path, kept);
  sync_folder_of(path);
}

}  // namespace

std::string restore_database(const fs::path& path, const std::string& backup,
                             const Options& options) {
  if (!fs::exists(backup))
    throw Error(Code::kNotFound, fmt::format("there is no backup {}", backup));
  const fs::path real = prepare_file(path);
  if (fs::equivalent(backup, real)) refuse(backup, "it is the database itself");
  if (options.network_files == NetworkFiles::kRefuse) refuse_network(real);
  Lock lock(real);
  lock.name_holder();
  const fs::path copy = free_name(real.string() + ".restoring", options.clock->now());
  fs::path kept;
  try {
    copy_backup(backup, copy);
    if (fs::file_size(real) > 0) {
      kept = free_name(real.string() + ".before-restore", options.clock->now());
      keep(real, kept);
    }
    fs::rename(copy, real);
    sync_folder_of(real);
  } catch (const fs::filesystem_error& failure) {
    fs::remove(copy);
    throw Error(Code::kStorageUnavailable,
                fmt::format("cannot restore {}: {}", real.string(), failure.what()));
  } catch (...) {
    fs::remove(copy);
    if (kept.empty() && !lock.was_left_behind()) lock.mark_clean();  // as it was before
    throw;
  }
  lock.mark_clean();
  return kept.string();
}

}  // namespace taskman::store::sqlite
