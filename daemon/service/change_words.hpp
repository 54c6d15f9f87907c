#pragma once

#include <string>

#include "common/model/changeset.hpp"
#include "daemon/store/store.hpp"

namespace taskman::service {

/// A changeset in words: what it was mainly about, and how many tasks: `done 42  Fix login (3
/// tasks)`, `closed sprint 'Sprint 12' (4 tasks)`. Names are those the entry tells, else the
/// present ones.
std::string words_of(store::ReadTx& tx, const model::LogEntry& entry);

}  // namespace taskman::service
