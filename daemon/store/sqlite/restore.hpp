#pragma once
// A backup takes the place of a database.

#include <filesystem>
#include <string>

#include "daemon/store/open.hpp"

namespace taskman::store::sqlite {

/// As store::restore.
std::string restore_database(const std::filesystem::path& path, const std::string& backup,
                             const Options& options);

}  // namespace taskman::store::sqlite
