#include "daemon/store/open.hpp"

#include <fmt/core.h>

#include <array>
#include <filesystem>
#include <string>
#include <utility>

#include "common/error/error.hpp"
#include "daemon/store/sqlite/restore.hpp"
#include "daemon/store/sqlite/sqlite_store.hpp"

namespace taskman::store {
namespace {

using error::Code;
using error::Error;

std::filesystem::path checked(std::string_view path) {
  if (!path.starts_with('/')) {
    throw Error(Code::kInvalidValue, fmt::format("database path '{}' is not absolute", path),
                "write sqlite:/path/to/taskman.db");
  }
  return path;
}

std::unique_ptr<Store> open_sqlite(std::string_view path, const Options& options) {
  return std::make_unique<sqlite::SqliteStore>(checked(path), options);
}

std::string restore_sqlite(std::string_view path, const std::string& backup,
                           const Options& options) {
  return sqlite::restore_database(checked(path), backup, options);
}

struct Backend {
  std::string_view scheme;
  std::unique_ptr<Store> (*open)(std::string_view rest, const Options& options);
  std::string (*restore)(std::string_view rest, const std::string& backup, const Options& options);
};

constexpr std::array kBackends{Backend{"sqlite", open_sqlite, restore_sqlite}};

/// The backend of `url` and what follows the scheme.
std::pair<const Backend*, std::string_view> find(std::string_view url) {
  for (const Backend& backend : kBackends) {
    const std::string prefix = std::string(backend.scheme) + ":";
    if (url.starts_with(prefix)) return {&backend, url.substr(prefix.size())};
  }
  throw Error(Code::kInvalidValue, fmt::format("unknown kind of store '{}'", url),
              "write sqlite:/path/to/taskman.db");
}

}  // namespace

std::unique_ptr<Store> open(std::string_view url, const Options& options) {
  const auto [backend, rest] = find(url);
  return backend->open(rest, options);
}

std::string restore(std::string_view url, const std::string& backup, const Options& options) {
  const auto [backend, rest] = find(url);
  return backend->restore(rest, backup, options);
}

}  // namespace taskman::store
