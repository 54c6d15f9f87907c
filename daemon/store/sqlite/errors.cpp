#include "daemon/store/sqlite/errors.hpp"

#include <fmt/core.h>
#include <sqlite3.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

namespace taskman::store::sqlite {
namespace {

using error::Code;

/// SQLite calls only ENOSPC full; a quota and a file size limit are the same to us: the frame that
/// commits was not written, and there may be room later.
bool is_no_room(int system_error) {
  return system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG;
}

Trouble trouble_of(int code, int system_error) {
  if (code == SQLITE_CONSTRAINT_FOREIGNKEY) return Trouble::kReference;
  switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
      return Trouble::kUnique;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Trouble::kBusy;
    case SQLITE_INTERRUPT:
      return Trouble::kInterrupted;
    case SQLITE_FULL:
      return Trouble::kFull;
    case SQLITE_IOERR:
      return code == SQLITE_IOERR_WRITE && is_no_room(system_error) ? Trouble::kFull : Trouble::kIo;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
      return Trouble::kIo;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Trouble::kCorrupt;
    default:
      return Trouble::kOther;
  }
}

Code code_of(Trouble trouble) {
  switch (trouble) {
    case Trouble::kUnique:
    case Trouble::kReference:
      return Code::kConflict;
    case Trouble::kInterrupted:
      return Code::kTimeout;
    case Trouble::kFull:
      return Code::kDiskFull;
    case Trouble::kBusy:
    case Trouble::kIo:
    case Trouble::kCorrupt:
      return Code::kStorageUnavailable;
    default:
      return Code::kInternal;
  }
}

std::string_view hint_of(Trouble trouble) {
  switch (trouble) {
    case Trouble::kBusy:
      return "another program has the database open for writing; close it";
    case Trouble::kInterrupted:
      return "ask for less: a lower limit, or a filter by status, project, sprint or assignee";
    case Trouble::kFull:
      return "free some space; reading still works and nothing is lost";
    case Trouble::kIo:
      return "look at the disk and the permissions of the database's folder";
    case Trouble::kCorrupt:
      return "restore a backup with taskman restore";
    default:
      return {};
  }
}

}  // namespace

StorageFailure::StorageFailure(Trouble trouble, Code code, std::string message, std::string hint)
    : Error(code, std::move(message), std::move(hint)), trouble_(trouble) {}

StorageFailure failure_of(sqlite3* db, int code, std::string_view doing) {
  const int system_error = db == nullptr ? 0 : sqlite3_system_errno(db);
  const Trouble trouble = trouble_of(code, system_error);
  std::string message =
      fmt::format("{} failed: {} (sqlite {})", doing,
                  db == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(db), code);
  const bool from_system = trouble == Trouble::kIo || trouble == Trouble::kFull;
  if (from_system && system_error != 0) message += fmt::format(": {}", std::strerror(system_error));
  return {trouble, code_of(trouble), std::move(message), std::string(hint_of(trouble))};
}

void check(sqlite3* db, int code, std::string_view doing) {
  if (code != SQLITE_OK) throw failure_of(db, code, doing);
}

}  // namespace taskman::store::sqlite
