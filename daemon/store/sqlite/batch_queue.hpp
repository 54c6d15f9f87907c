#pragma once
// Where writers wait for a commit. What gathers while one commit runs is the next batch.

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

/// One batch at a time is out for being committed. Who comes while none is leads his own, which
/// saves two changes of threads; what gathers meanwhile is for the writer thread. Thread-safe.
class BatchQueue {
 public:
  struct Place {
    std::shared_ptr<Batch> batch;
    bool leads = false;  ///< the caller commits it and then calls done(); else he waits for it
  };
  /// Throws kStorageUnavailable after stop().
  Place add(Job& job);
  /// Blocks until a batch is there and none is out. An empty one is for what done() left to do;
  /// null after stop() once everything is done.
  std::shared_ptr<Batch> take();
  /// The batch that is out was answered. `left_over`: something is to be done that nobody waits
  /// for.
  void done(bool left_over = false);
  void stop();

  std::int64_t waiting() const { return waiting_.load(std::memory_order_relaxed); }
  void answered(std::size_t jobs) {
    waiting_.fetch_sub(static_cast<std::int64_t>(jobs), std::memory_order_relaxed);
  }

 private:
  std::mutex mutex_;
  std::condition_variable work_;
  // Guarded by mutex_.
  std::shared_ptr<Batch> gathering_;  ///< null when nobody waits
  bool out_ = false;                  ///< a batch is being committed
  bool left_over_ = false;
  bool stopped_ = false;

  std::atomic<std::int64_t> waiting_{0};
};

}  // namespace taskman::store::sqlite
