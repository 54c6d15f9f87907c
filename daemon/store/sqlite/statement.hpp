#pragma once
// A prepared statement and one run of it. Owned by a connection's cache; one thread at a time.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/util/instant.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace taskman::store::sqlite {

/// Owns a sqlite3_stmt.
class Statement {
 public:
  Statement(sqlite3* db, std::string_view sql);
  ~Statement();
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;

  sqlite3_stmt* handle() const noexcept { return handle_; }
  bool busy = false;  ///< a Query is running it

 private:
  sqlite3_stmt* handle_ = nullptr;
};

class Connection;

/// The id a row is to have; none (NULL) lets SQLite give the next one.
inline std::optional<std::int64_t> given_id(std::int64_t id) {
  return id == 0 ? std::nullopt : std::optional(id);
}

/// One run of a cached statement: bind in order, step, read columns. Resets it when it goes.
/// Texts are bound by reference: what is bound must live until the last step.
class Query {
 public:
  Query(Connection& connection, Statement& statement);
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  Query& bind(std::int64_t value);
  Query& bind(std::string_view text);
  Query& bind(const char* text) = delete;
  Query& bind(const std::string& text) { return bind(std::string_view(text)); }
  Query& bind(std::string&&) = delete;
  /// For texts that do not outlive the call.
  Query& bind_copy(std::string_view text);
  Query& bind_null();
  Query& bind(util::Instant instant) {
    return bind(std::int64_t{instant.time_since_epoch().count()});
  }
  template <typename Value>
  Query& bind(const std::optional<Value>& value) {
    return value ? bind(*value) : bind_null();
  }

  /// True while there is a row. Throws StorageFailure.
  bool step();
  /// Steps to the end.
  void run();
  /// Makes it ready for another round of bindings.
  void restart();

  std::int64_t integer(int column) const;
  /// Valid until the next step.
  std::string_view text(int column) const;
  std::string string(int column) const { return std::string(text(column)); }
  bool is_null(int column) const;
  util::Instant instant(int column) const;
  std::optional<std::int64_t> optional_integer(int column) const;
  std::optional<std::string> optional_string(int column) const;
  std::optional<util::Instant> optional_instant(int column) const;

 private:
  Connection& connection_;
  Statement& statement_;
  sqlite3_stmt* handle_;
  int next_ = 0;
  bool started_ = false;
};

}  // namespace taskman::store::sqlite
