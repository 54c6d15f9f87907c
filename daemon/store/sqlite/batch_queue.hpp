#pragma once
// Where writers wait for the writer thread. What gathers while one commit runs is the next batch.

#include <atomic>
#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "common/model/changeset.hpp"
#include "common/util/gate.hpp"
#include "daemon/store/store.hpp"

namespace taskman::store::sqlite {

class Connection;

/// One write() call; lives on the caller's stack until its batch is answered.
struct Job {
  const std::function<void(WriteTx&)>* change = nullptr;
  Commit commit = Commit::kYes;
  /// Runs outside of any transaction, after the batch; then `change` is null.
  const std::function<void(Connection&)>* chore = nullptr;
  std::exception_ptr failure;
  model::Cursor head;
};

/// Jobs that share a commit. Owned by its callers and the writer together.
class Batch {
 public:
  std::vector<Job*> jobs;

  void wait() const { answered_.wait(); }
  void answer() { answered_.open(); }

 private:
  util::Gate answered_;
};

/// Thread-safe.
class BatchQueue {
 public:
  /// Adds the job to the batch that gathers; the caller then waits for it. Throws
  /// kStorageUnavailable after stop().
  std::shared_ptr<Batch> add(Job& job);
  /// Blocks for work; null after stop() once everything is taken.
  std::shared_ptr<Batch> take();
  void stop();

  std::int64_t waiting() const { return waiting_.load(std::memory_order_relaxed); }
  void answered(std::size_t jobs) {
    waiting_.fetch_sub(static_cast<std::int64_t>(jobs), std::memory_order_relaxed);
  }

 private:
  std::mutex mutex_;
  std::condition_variable work_;
  std::shared_ptr<Batch> gathering_;  ///< guarded by mutex_; null when nobody waits
  bool stopped_ = false;              ///< guarded by mutex_
  std::atomic<std::int64_t> waiting_{0};
};

}  // namespace taskman::store::sqlite
