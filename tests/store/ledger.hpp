#pragma once
// A store that is written to under faults, and what must be true of it afterwards.

#include <atomic>
#include <mutex>
#include <set>
#include <string>

#include "store/bed.hpp"

namespace taskman::test {

/// What writers were told about each key.
struct Ledger {
  std::set<std::string> done;     ///< acknowledged
  std::set<std::string> refused;  ///< a clear no
  std::set<std::string> unknown;  ///< outcome unknown
};

/// Writes one task titled `key` with a changeset and an answer under `key`, unless the key is
/// known.
void write_key(store::Store& store, const std::string& key, std::size_t body = 0);

/// write_key, with the outcome put into the ledger.
void try_key(store::Store& store, Ledger& ledger, const std::string& key, std::size_t body = 0);

/// Every acknowledged key is there once and no refused one; revisions are dense, the chain is
/// right, integrity and foreign keys too. Returns the keys that are there.
std::set<std::string> check_ledger(store::Store& store, const Ledger& ledger);

/// Full checks of the file.
void check_file(const std::filesystem::path& path);

}  // namespace taskman::test
