#pragma once
// SQL functions of our own, so that SQL and filter::matches share one truth.

struct sqlite3;

namespace taskman::store::sqlite {

/// `contains_folded(text, wanted)`: util::contains_ignoring_case. Throws StorageFailure.
void add_functions(sqlite3* db);

}  // namespace taskman::store::sqlite
