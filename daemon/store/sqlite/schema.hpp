#pragma once
// What version of the schema a file has, and how it gets to ours.

#include <functional>
#include <span>
#include <string>

#include "daemon/store/sqlite/connection.hpp"
#include "daemon/store/sqlite/migrations.hpp"

namespace taskman::store::sqlite {

/// `TASK` in ASCII, in the file's header.
inline constexpr std::int64_t kApplicationId = 0x5441534B;

/// The schema's version in the file; 0 for an empty one. Throws kStorageUnavailable for another
/// program's file and for a version above `newest`.
int read_version(Connection& connection, int newest);

/// Settings every writing connection has; reads back that the journal is a write-ahead log.
void configure_writer(Connection& connection);

/// Runs the steps above `version`, each in one transaction.
void migrate(Connection& connection, int version, std::span<const Migration> steps);

/// Throws kStorageUnavailable unless PRAGMA quick_check says ok.
void quick_check(Connection& connection);
/// integrity_check and foreign_key_check.
void full_check(Connection& connection);

}  // namespace taskman::store::sqlite
