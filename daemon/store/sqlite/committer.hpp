#pragma once
// Turns a batch of jobs into one durable commit. Owned by the writer and used by one thread at a
// time.

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/error/error.hpp"
#include "common/util/guarded.hpp"
#include "daemon/store/open.hpp"
#include "daemon/store/sqlite/batch_queue.hpp"
#include "daemon/store/sqlite/connection.hpp"
#include "daemon/store/sqlite/files.hpp"

namespace taskman::store::sqlite {

/// What the writer tells the others.
struct Published {
  util::Guarded<model::Cursor> head;
  std::atomic<std::int64_t> commits{0};
  std::atomic<std::int64_t> transactions{0};
};

class Committer {
 public:
  /// `connection` is configured and migrated, `published.head` is where the log stands.
  Committer(std::unique_ptr<Connection> connection, Identity identity, const Options& options,
            Published& published);

  /// Runs every job of the batch, each all or nothing, and commits once. Afterwards each job has
  /// its head, or its failure. A job runs a second time when another one of its batch fails
  /// half-way. Does not throw.
  void run(const std::vector<Job*>& batch);
  /// Runs the chores of the batch. Does not throw.
  void run_chores(const std::vector<Job*>& jobs);
  /// Copies a long write-ahead log back into the database, which takes its time. Does not throw.
  void tidy();
  bool is_untidy() const;
  /// Merges the write-ahead log. True when nothing is left to recover.
  bool close();

 private:
  void run_transaction(std::vector<Job*>& jobs);
  void leave_no_log();
  bool run_plainly(std::vector<Job*>& jobs);
  void run_in_savepoint(Job& job);
  void run_change(Job& job);
  void commit();
  void roll_back() noexcept;
  [[noreturn]] void stop_for_good(const error::Error& reason);

  std::unique_ptr<Connection> connection_;
  const Identity identity_;
  const Options& options_;
  Published& published_;
  model::Cursor head_;                   ///< of what is committed and of the batch that runs
  std::optional<error::Error> stopped_;  ///< why writing stopped for good
  int wal_pages_ = 0;
};

}  // namespace taskman::store::sqlite
