#pragma once
// Copies of a database file that can be trusted.

#include <filesystem>

namespace taskman::store::sqlite {

/// Writes a consistent copy of `source` (open or not) to `target`, which must not exist: online
/// copy into a file beside it, full checks on the copy, sync, rename, sync of the folder. Mode
/// 0600. Throws kConflict when `target` exists, else what went wrong; then nothing is left behind.
void copy_database(const std::filesystem::path& source, const std::filesystem::path& target);

}  // namespace taskman::store::sqlite
