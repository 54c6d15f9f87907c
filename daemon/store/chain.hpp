#pragma once
// The rolling hash of the log, the same for every backend.

#include "common/model/changeset.hpp"

namespace taskman::store {

/// The cursor of `entry` when it follows `previous`: revision + 1, and FNV-1a (64 bits) over the
/// previous chain as 16 hex digits, then revision, time in milliseconds, actor, origin and changes,
/// each after a unit separator (0x1F). `entry.cursor` and `entry.subjects` are not looked at.
/// Thread-safe.
model::Cursor next_cursor(const model::Cursor& previous, const model::LogEntry& entry);

}  // namespace taskman::store
