#pragma once
// SQLite's result codes are known here and nowhere else. Everything above sees error::Error.

#include <string_view>

#include "common/error/error.hpp"

struct sqlite3;

namespace taskman::store::sqlite {

/// What a failure means for the transaction it happened in.
enum class Trouble {
  kNone,
  kUnique,       ///< a unique value is taken; the transaction lives on
  kReference,    ///< a foreign key points nowhere, or something still points here; lives on
  kBusy,         ///< another process holds the file
  kInterrupted,  ///< past its deadline
  kFull,         ///< no room on the disk; roll back, try again later
  kIo,           ///< the disk failed; roll back
  kCorrupt,      ///< the file is damaged or not a database; stop writing
  kOther,
};

/// An error::Error that remembers what it means.
class StorageFailure final : public error::Error {
 public:
  StorageFailure(Trouble trouble, error::Code code, std::string message, std::string hint = {});
  Trouble trouble() const noexcept { return trouble_; }

 private:
  Trouble trouble_;
};

/// The failure for result `code` (extended) while `doing` something. `db` may be null.
StorageFailure failure_of(sqlite3* db, int code, std::string_view doing);

/// Throws failure_of unless `code` is SQLITE_OK.
void check(sqlite3* db, int code, std::string_view doing);

/// Whether this trouble ends the whole transaction, not only one statement.
constexpr bool ends_transaction(Trouble trouble) {
  return trouble == Trouble::kFull || trouble == Trouble::kIo || trouble == Trouble::kCorrupt;
}

}  // namespace taskman::store::sqlite
