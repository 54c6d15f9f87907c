#include "daemon/store/sqlite/connection.hpp"

#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include "daemon/store/sqlite/functions.hpp"

namespace taskman::store::sqlite {
namespace {

/// Filters make statements of many shapes; a connection keeps this many before it starts anew.
constexpr std::size_t kMaxStatements = 256;
constexpr std::size_t kMaxCounts = 64;
constexpr int kBusyMilliseconds = 5000;

SQLite::Database open_database(const std::string& path, Access access) {
  // Before the library's first use; later it is refused and changes nothing. The statistics would
  // cost a global lock at every allocation.
  static const int kQuiet = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  (void)kQuiet;
  const int mode = access == Access::kReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
  try {
    return SQLite::Database(path, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                            kBusyMilliseconds);
  } catch (const SQLite::Exception& failure) {
    throw failure_of(nullptr,
                     failure.getExtendedErrorCode() != 0 ? failure.getExtendedErrorCode()
                                                         : failure.getErrorCode(),
                     "opening " + path);
  }
}

}  // namespace

Connection::Connection(const std::string& path, Access access,
                       std::atomic<std::int64_t>& statements)
    : database_(open_database(path, access)), access_(access), statements_(statements) {
  add_functions(handle());
  if (access == Access::kReadOnly) {
    // Only the writer may checkpoint (SQLite's WAL reset bug needs two that do).
    sqlite3_db_config(handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  }
}

Connection::~Connection() { cache_.clear(); }

Query Connection::query(std::string_view sql) {
  if (const auto found = cache_.find(sql); found != cache_.end())
    return Query(*this, found->second);
  if (cache_.size() >= kMaxStatements) forget_idle_statements();
  return Query(*this, cache_.try_emplace(std::string(sql), handle(), sql).first->second);
}

void Connection::forget_idle_statements() {
  std::erase_if(cache_, [](const auto& entry) { return !entry.second.busy; });
}

void Connection::execute(const std::string& sql) {
  check(sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr));
}

std::string Connection::value_of(const std::string& sql) {
  Statement statement(handle(), sql);
  Query query(*this, statement);
  return query.step() ? query.string(0) : std::string();
}

std::int64_t Connection::remembered(const std::string& key,
                                    const std::function<std::int64_t()>& count) {
  if (access_ == Access::kReadWrite) return count();
  unsigned int version = 0;
  sqlite3_file_control(handle(), "main", SQLITE_FCNTL_DATA_VERSION, &version);
  if (version != counted_at_ || counts_.size() >= kMaxCounts) counts_.clear();
  counted_at_ = version;
  if (const auto found = counts_.find(key); found != counts_.end()) return found->second;
  return counts_[key] = count();
}

bool Connection::in_transaction() const { return sqlite3_get_autocommit(handle()) == 0; }
std::int64_t Connection::changes() const { return sqlite3_total_changes64(handle()); }
std::int64_t Connection::last_insert_id() const { return sqlite3_last_insert_rowid(handle()); }

void Connection::fail(int code) {
  StorageFailure failure = failure_of(handle(), code, "the database");
  if (ends_transaction(failure.trouble())) trouble_ = std::max(trouble_, failure.trouble());
  throw failure;
}

}  // namespace taskman::store::sqlite
