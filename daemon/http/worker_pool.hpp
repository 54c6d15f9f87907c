#pragma once
// Threads for work that may block: as many run as there are processors, as many exist as block.

#include <pthread.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "common/util/blocking.hpp"

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
  std::size_t running =
      0;  ///< at once, without those that wait; 0: the number of processors, at least 2
  std::size_t stack_bytes = 512 * 1024;
  std::chrono::milliseconds linger{
      10'000};  ///< how long an idle thread stays, but for the last one
};

/// A thread that waits (util::Blocking) makes room for another; waking more than can run would cost
/// more than the requests themselves. The thread that went idle last works next, so that the
/// others' time runs out. Thread-safe. The destructor runs what is queued and joins.
class WorkerPool final : private util::BlockingObserver {
 public:
  /// Throws std::system_error when not even one thread can be had.
  explicit WorkerPool(const WorkerPoolOptions& options = {});
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  enum class Submitted { kStarted, kQueued };
  /// kQueued: no thread was called for it; the caller sees to it that nudge() comes after
  /// kPatience.
  Submitted submit(std::shared_ptr<Work> work);

  static constexpr std::chrono::milliseconds kPatience{5};
  /// Adds a thread when no work was finished for some calls: those that run wait without saying so.
  /// True while something is queued: come again.
  bool nudge();

  std::size_t threads() const;

 private:
  struct Sleeper {
    std::condition_variable wake;
    bool called = false;
  };
  using Lock = std::unique_lock<std::mutex>;

  void before_wait() noexcept override;
  void after_wait() noexcept override;
  static void* enter(void* pool);
  void work();
  void run_next(Lock& lock);
  bool sleep(Lock& lock);
  bool call_one();
  bool start_thread();
  void join_finished(Lock& lock);

  const WorkerPoolOptions options_;
  mutable std::mutex mutex_;  ///< guards all below
  std::deque<std::shared_ptr<Work>> queue_;
  std::vector<Sleeper*> sleepers_;
  std::vector<pthread_t> finished_;
  std::size_t threads_ = 0;
  std::size_t running_ = 0;  ///< called to work and not waiting
  std::uint64_t finished_works_ = 0;
  std::uint64_t finished_before_ = 0;
  std::size_t still_ = 0;  ///< nudges in a row that found nothing finished
  bool stopping_ = false;
  std::condition_variable ended_;
};

}  // namespace taskman::http
