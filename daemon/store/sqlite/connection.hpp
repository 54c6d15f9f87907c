#pragma once
// One connection to the database file with its prepared statements. Owned by the writer or by the
// pool of readers; used by one thread at a time.

#include <SQLiteCpp/Database.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "daemon/store/sqlite/errors.hpp"
#include "daemon/store/sqlite/statement.hpp"

namespace taskman::store::sqlite {

enum class Access { kReadOnly, kReadWrite };

class Connection {
 public:
  /// Opens an existing file. Throws StorageFailure. `statements` counts what runs; outlives this.
  Connection(const std::string& path, Access access, std::atomic<std::int64_t>& statements);
  ~Connection();

  /// A run of the cached statement for `sql`, prepared at its first use. One run of a text at a
  /// time.
  Query query(std::string_view sql);
  /// Runs statements that give no rows, uncached.
  void execute(const std::string& sql);
  /// The first column of the first row of an uncached statement; empty when there is none.
  std::string value_of(const std::string& sql);

  sqlite3* handle() const { return database_.getHandle(); }
  bool in_transaction() const;
  /// Rows changed since it was opened.
  std::int64_t changes() const;
  std::int64_t last_insert_id() const;

  /// The number `count` gives for `key`, kept until the database changes. For readers: a connection
  /// does not see its own changes this way.
  std::int64_t remembered(const std::string& key, const std::function<std::int64_t()>& count);

  /// The worst trouble since clear_trouble(): a closure may have swallowed the exception.
  Trouble trouble() const noexcept { return trouble_; }
  void clear_trouble() noexcept { trouble_ = Trouble::kNone; }

  /// For Query.
  void count_statement() noexcept { statements_.fetch_add(1, std::memory_order_relaxed); }
  void check(int code) {
    if (code != 0) fail(code);
  }
  [[noreturn]] void fail(int code);

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept {
      return std::hash<std::string_view>{}(text);
    }
  };

  void forget_idle_statements();

  SQLite::Database database_;
  const Access access_;
  std::atomic<std::int64_t>& statements_;
  Trouble trouble_ = Trouble::kNone;
  std::unordered_map<std::string, Statement, Hash, std::equal_to<>> cache_;
  std::unordered_map<std::string, std::int64_t> counts_;  ///< true at counted_at_
  unsigned int counted_at_ = 0;
};

}  // namespace taskman::store::sqlite
