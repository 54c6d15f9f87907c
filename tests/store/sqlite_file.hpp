#pragma once
// The file behind a SQLite store, seen from outside.

#include <sqlite3.h>

#include <filesystem>
#include <string>

namespace taskman::test {

/// Runs SQL on a file with plain SQLite; the last row's first column. Throws what SQLite says.
inline std::string sql(const std::filesystem::path& path, const std::string& text) {
  sqlite3* db = nullptr;
  sqlite3_open(path.c_str(), &db);
  std::string last;
  const auto keep = [](void* into, int count, char** values, char**) {
    if (count > 0) *static_cast<std::string*>(into) = values[0] == nullptr ? "" : values[0];
    return 0;
  };
  char* message = nullptr;
  sqlite3_exec(db, text.c_str(), keep, &last, &message);
  const std::string failure = message == nullptr ? "" : message;
  sqlite3_free(message);
  sqlite3_close(db);
  if (!failure.empty()) throw std::runtime_error(failure);
  return last;
}

}  // namespace taskman::test
