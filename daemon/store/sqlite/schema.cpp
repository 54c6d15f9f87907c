#include "daemon/store/sqlite/schema.hpp"

#include <fmt/core.h>

namespace taskman::store::sqlite {
namespace {

using error::Code;
using error::Error;

std::int64_t number_of(Connection& connection, const std::string& sql) {
  const std::string text = connection.value_of(sql);
  return text.empty() ? 0 : std::stoll(text);
}

[[noreturn]] void refuse(std::string message, std::string hint) {
  throw StorageFailure(Trouble::kCorrupt, Code::kStorageUnavailable, std::move(message),
                       std::move(hint));
}

void check_with(Connection& connection, const std::string& pragma, const std::string& good) {
  const std::string verdict = connection.value_of(pragma);
  if (verdict == good) return;
  refuse(fmt::format("the database is damaged: {} says {}", pragma,
                     verdict.empty() ? "nothing" : verdict),
         "restore a backup with taskman restore");
}

}  // namespace

int read_version(Connection& connection, int newest) {
  const std::int64_t application = number_of(connection, "PRAGMA application_id");
  const auto version = static_cast<int>(number_of(connection, "PRAGMA user_version"));
  const bool empty = number_of(connection, "SELECT count(*) FROM sqlite_master") == 0;
  if (application == 0 && version == 0 && empty) return 0;
  if (application != kApplicationId) {
    throw Error(
        Code::kStorageUnavailable,
        fmt::format("the database belongs to another program (application id {:#x})", application),
        "choose another file with TASKMAN_DB");
  }
  if (version > newest) {
    throw Error(
        Code::kStorageUnavailable,
        fmt::format("the database has schema {}, this taskmand knows {} at most", version, newest),
        "install the newer version, or restore the backup made before the upgrade");
  }
  return version;
}

void configure_writer(Connection& connection) {
  const std::string mode = connection.value_of("PRAGMA journal_mode = WAL");
  if (mode != "wal") {
    throw Error(Code::kStorageUnavailable,
                fmt::format("the database's journal is '{}' and cannot be a "
                            "write-ahead log",
                            mode),
                "put the database on a local disk that you can write to");
  }
  // The writer checkpoints by itself, after it has answered (committer.cpp).
  connection.execute(
      "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA mmap_size = 0; "
      "PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA wal_autocheckpoint = 0; "
      "PRAGMA journal_size_limit = 167772160; PRAGMA cache_size = -8192");
}

void migrate(Connection& connection, int version, std::span<const Migration> steps) {
  for (const Migration& step : steps) {
    if (step.number <= version) continue;
    connection.execute("BEGIN IMMEDIATE");
    try {
      connection.execute(std::string(step.sql));
      connection.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}",
                                     kApplicationId, step.number));
      connection.execute("COMMIT");
    } catch (...) {
      if (connection.in_transaction()) connection.execute("ROLLBACK");
      throw;
    }
  }
}

void quick_check(Connection& connection) { check_with(connection, "PRAGMA quick_check(1)", "ok"); }

void full_check(Connection& connection) {
  check_with(connection, "PRAGMA integrity_check(1)", "ok");
  check_with(connection, "PRAGMA foreign_key_check", "");
}

}  // namespace taskman::store::sqlite
