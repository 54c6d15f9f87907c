#include "daemon/store/sqlite/statement.hpp"

#include <sqlite3.h>

#include <chrono>
#include <utility>

#include "daemon/store/sqlite/connection.hpp"
#include "daemon/store/sqlite/errors.hpp"

namespace taskman::store::sqlite {

Statement::Statement(sqlite3* db, std::string_view sql) {
  check(db,
        sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                           &handle_, nullptr),
        "preparing a statement");
}

Statement::~Statement() { sqlite3_finalize(handle_); }

Statement::Statement(Statement&& other) noexcept
    : busy(other.busy), handle_(std::exchange(other.handle_, nullptr)) {}

Query::Query(Connection& connection, Statement& statement)
    : connection_(connection), statement_(statement), handle_(statement.handle()) {
  if (statement_.busy)
    throw error::Error(error::Code::kInternal, "a statement was started inside itself");
  statement_.busy = true;
}

Query::~Query() {
  sqlite3_reset(handle_);
  sqlite3_clear_bindings(handle_);
  statement_.busy = false;
}

Query& Query::bind(std::int64_t value) {
  connection_.check(sqlite3_bind_int64(handle_, ++next_, value));
  return *this;
}

Query& Query::bind(std::string_view text) {
  // A null pointer would bind NULL, and an empty view may hold one.
  connection_.check(sqlite3_bind_text64(handle_, ++next_, text.empty() ? "" : text.data(),
                                        text.size(), SQLITE_STATIC, SQLITE_UTF8));
  return *this;
}

Query& Query::bind_copy(std::string_view text) {
  connection_.check(sqlite3_bind_text64(handle_, ++next_, text.empty() ? "" : text.data(),
                                        text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

Query& Query::bind_null() {
  connection_.check(sqlite3_bind_null(handle_, ++next_));
  return *this;
}

bool Query::step() {
  if (!std::exchange(started_, true)) connection_.count_statement();
  const int result = sqlite3_step(handle_);
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  connection_.fail(result);
}

void Query::run() {
  while (step()) {
  }
}

void Query::restart() {
  sqlite3_reset(handle_);
  next_ = 0;
  started_ = false;
}

std::int64_t Query::integer(int column) const { return sqlite3_column_int64(handle_, column); }

std::string_view Query::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

bool Query::is_null(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

util::Instant Query::instant(int column) const {
  return util::Instant(std::chrono::milliseconds(integer(column)));
}

std::optional<std::int64_t> Query::optional_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

std::optional<std::string> Query::optional_string(int column) const {
  if (is_null(column)) return std::nullopt;
  return string(column);
}

std::optional<util::Instant> Query::optional_instant(int column) const {
  if (is_null(column)) return std::nullopt;
  return instant(column);
}

}  // namespace taskman::store::sqlite
