#pragma once
// Threads for work that may block, as many as block at a time.

#include <pthread.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

namespace taskman::http {

/// Something a worker runs once per submission.
class Work {
 public:
  virtual ~Work() = default;
  /// On a worker thread; must not throw.
  virtual void run() = 0;
};

struct WorkerPoolOptions {
  std::size_t max_threads = 64;
  std::size_t stack_bytes = 512 * 1024;
  std::chrono::milliseconds linger{10'000};  ///< how long an idle thread stays, but for the last one
};

/// Grows while all threads are busy, shrinks when they idle. The thread that went idle last works
/// next: its stack is warm, and the others' time runs out. Thread-safe. The destructor runs what is
/// queued and joins.
class WorkerPool {
 public:
  /// Throws std::system_error when not even one thread can be had.
  explicit WorkerPool(const WorkerPoolOptions& options = {});
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  void submit(std::shared_ptr<Work> work);

  std::size_t threads() const;

 private:
  struct Sleeper {
    std::condition_variable wake;
    bool called = false;
  };
  using Lock = std::unique_lock<std::mutex>;

  static void* enter(void* pool);
  void work();
  bool sleep(Lock& lock);
  bool start_thread();
  void run_next(Lock& lock);
  void join_finished(Lock& lock);

  const WorkerPoolOptions options_;
  mutable std::mutex mutex_;  ///< guards all below
  std::deque<std::shared_ptr<Work>> queue_;
  std::vector<Sleeper*> sleepers_;
  std::vector<pthread_t> finished_;
  std::size_t threads_ = 0;
  bool stopping_ = false;
  std::condition_variable ended_;
};

}  // namespace taskman::http
