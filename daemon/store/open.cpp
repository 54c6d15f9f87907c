#include "daemon/store/open.hpp"

#include <fmt/core.h>

#include <array>
#include <filesystem>
#include <string>

#include "common/error/error.hpp"
#include "daemon/store/sqlite/sqlite_store.hpp"

namespace taskman::store {
namespace {

using error::Code;
using error::Error;

std::unique_ptr<Store> open_sqlite(std::string_view path, const Options& options) {
  if (!path.starts_with('/')) {
    throw Error(Code::kInvalidValue, fmt::format("database path '{}' is not absolute", path),
                "write sqlite:/path/to/taskman.db");
  }
  return std::make_unique<sqlite::SqliteStore>(std::filesystem::path(path), options);
}

struct Backend {
  std::string_view scheme;
  std::unique_ptr<Store> (*open)(std::string_view rest, const Options& options);
};

constexpr std::array kBackends{Backend{"sqlite", open_sqlite}};

}  // namespace

std::unique_ptr<Store> open(std::string_view url, const Options& options) {
  for (const Backend& backend : kBackends) {
    const std::string prefix = std::string(backend.scheme) + ":";
    if (url.starts_with(prefix)) return backend.open(url.substr(prefix.size()), options);
  }
  throw Error(Code::kInvalidValue, fmt::format("unknown kind of store '{}'", url),
              "write sqlite:/path/to/taskman.db");
}

}  // namespace taskman::store
