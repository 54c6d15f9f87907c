#include "daemon/store/sqlite/functions.hpp"

#include <sqlite3.h>

#include <string_view>

#include "common/util/text.hpp"
#include "daemon/store/sqlite/errors.hpp"

namespace taskman::store::sqlite {
namespace {

std::string_view text_of(sqlite3_value* value) {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

void contains_folded(sqlite3_context* context, int, sqlite3_value** values) {
  const bool found = util::contains_ignoring_case(text_of(values[0]), text_of(values[1]));
  sqlite3_result_int(context, found ? 1 : 0);
}

}  // namespace

void add_functions(sqlite3* db) {
  constexpr int kFlags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  check(db,
        sqlite3_create_function_v2(db, "contains_folded", 2, kFlags, nullptr, contains_folded,
                                   nullptr, nullptr, nullptr),
        "adding contains_folded");
}

}  // namespace taskman::store::sqlite
