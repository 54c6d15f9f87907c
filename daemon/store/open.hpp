#pragma once
// Scheme → backend, one table.

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "common/model/changeset.hpp"
#include "common/time/clock.hpp"
#include "common/util/random.hpp"
#include "daemon/store/store.hpp"

namespace taskman::store {

enum class NetworkFiles { kRefuse, kAllow };

struct Options {
  const time::Clock* clock = nullptr;  ///< not null, outlives the store
  util::Random* random = nullptr;      ///< not null, outlives the store
  /// Called after each commit that moved the head, in their order, by one thread at a time. Must
  /// not block or throw.
  std::function<void(const model::Cursor& head)> committed;
  /// Called once when writing stopped for good (I/O error at commit): the daemon should exit.
  std::function<void(const std::string& reason)> failed;
  /// A line for the log (checks, migrations, backups).
  std::function<void(std::string_view line)> notice;
  NetworkFiles network_files = NetworkFiles::kRefuse;
  /// What others who want the store are told of its holder; empty: the process id.
  std::string holder;
};

/// Opens, or creates, the store of `url` (`sqlite:/absolute/path`). Takes the exclusive lock,
/// checks, migrates. Throws kInvalidValue for an unknown scheme, kConflict when another daemon
/// holds the lock, kStorageUnavailable with the way out for a foreign, newer, corrupt or unwritable
/// file.
std::unique_ptr<Store> open(std::string_view url, const Options& options);

/// Puts the backup at `backup` in the place of the store of `url`, which no daemon may have open
/// (kConflict). The copy is checked first: kInvalidValue when it is damaged, of another program or
/// newer, and nothing was changed. What was there before is kept beside it as
/// `<db>.before-restore-<time>`, the answer; empty when there was nothing. Killed at any instant,
/// one or the other is there.
std::string restore(std::string_view url, const std::string& backup, const Options& options);

}  // namespace taskman::store
