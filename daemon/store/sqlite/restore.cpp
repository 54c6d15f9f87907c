#include "daemon/store/sqlite/restore.hpp"

#include <fmt/core.h>
#include <sqlite3.h>

#include <atomic>
#include <system_error>

#include "common/error/error.hpp"
#include "daemon/store/sqlite/backup.hpp"
#include "daemon/store/sqlite/connection.hpp"
#include "daemon/store/sqlite/files.hpp"
#include "daemon/store/sqlite/migrations.hpp"
#include "daemon/store/sqlite/schema.hpp"

namespace taskman::store::sqlite {
namespace {

namespace fs = std::filesystem;
using error::Code;
using error::Error;

void check_is_ours(const fs::path& copy, const std::string& backup) {
  std::atomic<std::int64_t> statements{0};
  Connection connection(copy.string(), Access::kReadOnly, statements);
  if (read_version(connection, static_cast<int>(migrations().size())) > 0) return;
  throw Error(Code::kStorageUnavailable, fmt::format("{} is an empty database", backup),
              "name a file that taskman backup wrote");
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

void restore_database(const fs::path& path, const std::string& backup, const Options& options) {
  if (!fs::exists(backup))
    throw Error(Code::kNotFound, fmt::format("there is no backup {}", backup));
  check_header(backup);
  const fs::path real = prepare_file(path);
  if (options.network_files == NetworkFiles::kRefuse) refuse_network(real);
  Lock lock(real);
  const fs::path copy = free_name(real.string() + ".restoring", options.clock->now());
  try {
    copy_database(backup, copy);
    check_is_ours(copy, backup);
    if (fs::file_size(real) > 0) {
      const fs::path kept = free_name(real.string() + ".before-restore", options.clock->now());
      keep(real, kept);
      if (options.notice)
        options.notice(fmt::format("the database before it is kept as {}", kept.string()));
    }
    fs::rename(copy, real);
    sync_folder_of(real);
  } catch (const fs::filesystem_error& failure) {
    fs::remove(copy);
    throw Error(Code::kStorageUnavailable,
                fmt::format("cannot restore {}: {}", real.string(), failure.what()));
  } catch (...) {
    fs::remove(copy);
    throw;
  }
  lock.mark_clean();
}

}  // namespace taskman::store::sqlite
