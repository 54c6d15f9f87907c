#include "daemon/http/worker_pool.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <thread>
#include <utility>

namespace taskman::http {
namespace {

WorkerPoolOptions with_defaults(WorkerPoolOptions options) {
  if (options.running == 0) options.running = std::max(2U, std::thread::hardware_concurrency());
  return options;
}

}  // namespace

WorkerPool::WorkerPool(const WorkerPoolOptions& options) : options_(with_defaults(options)) {
  const std::lock_guard lock(mutex_);
  if (!start_thread())
    throw std::system_error(EAGAIN, std::generic_category(), "start a worker thread");
}

WorkerPool::~WorkerPool() {
  Lock lock(mutex_);
  stopping_ = true;
  while (!sleepers_.empty()) call_one();
  ended_.wait(lock, [this] { return threads_ == 0; });
  join_finished(lock);
}

WorkerPool::Submitted WorkerPool::submit(std::shared_ptr<Work> work) {
  const std::lock_guard lock(mutex_);
  queue_.push_back(std::move(work));
  return running_ < options_.running && call_one() ? Submitted::kStarted : Submitted::kQueued;
}

bool WorkerPool::nudge() {
  const std::lock_guard lock(mutex_);
  if (queue_.empty()) return false;
  const bool stands_still = std::exchange(finished_before_, finished_works_) == finished_works_;
  still_ = stands_still ? still_ + 1 : 0;
  // The more run, the longer: works that only take long are not sped up by starting more of them,
  // and each holds memory.
  if (still_ * options_.running >= running_ && call_one()) still_ = 0;
  return true;
}

void WorkerPool::before_wait() noexcept {
  const std::lock_guard lock(mutex_);
  --running_;
  if (!queue_.empty() && running_ < options_.running) call_one();
}

void WorkerPool::after_wait() noexcept {
  const std::lock_guard lock(mutex_);
  ++running_;
}

std::size_t WorkerPool::threads() const {
  const std::lock_guard lock(mutex_);
  return threads_;
}

/// Wakes or makes one thread to work; it counts as running from now. False when there is none to be
/// had.
bool WorkerPool::call_one() {
  if (sleepers_.empty()) return threads_ < options_.max_threads && start_thread();
  Sleeper* last = sleepers_.back();
  sleepers_.pop_back();
  last->called = true;
  ++running_;
  last->wake.notify_one();
  return true;
}

bool WorkerPool::start_thread() {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, options_.stack_bytes);
  pthread_t thread{};
  // Out of threads is no error: there is one at least, and the queue is worked off.
  const bool started = pthread_create(&thread, &attributes, &WorkerPool::enter, this) == 0;
  pthread_attr_destroy(&attributes);
  threads_ += started ? 1 : 0;
  running_ += started ? 1 : 0;
  return started;
}

void* WorkerPool::enter(void* pool) {
  auto* const self = static_cast<WorkerPool*>(pool);
  util::BlockingObserver::of_this_thread() = self;
  self->work();
  return nullptr;
}

void WorkerPool::work() {
  Lock lock(mutex_);
  while (true) {
    while (!queue_.empty()) run_next(lock);
    --running_;
    if (sleep(lock)) continue;
    join_finished(lock);  // one that ends joins those before it: at most one waits to be joined
    // Asked again: while others were joined, the thread that would have stayed may have ended.
    if (queue_.empty() && (stopping_ || threads_ > 1)) break;
    ++running_;
  }
  finished_.push_back(pthread_self());
  --threads_;
  if (threads_ == 0) ended_.notify_all();
}

void WorkerPool::run_next(Lock& lock) {
  std::shared_ptr<Work> next = std::move(queue_.front());
  queue_.pop_front();
  lock.unlock();
  next->run();
  next.reset();
  lock.lock();
  ++finished_works_;
}

/// True when called to work, false when this thread is not needed any more.
bool WorkerPool::sleep(Lock& lock) {
  if (stopping_) return false;
  Sleeper self;
  sleepers_.push_back(&self);
  const auto called = [&self] { return self.called; };
  // The last thread waits without a time limit: an idle daemon does not wake.
  while (!called()) {
    if (threads_ == 1) {
      self.wake.wait(lock, called);
    } else if (!self.wake.wait_for(lock, options_.linger, called) && threads_ > 1) {
      std::erase(sleepers_, &self);
      return false;
    }
  }
  return true;
}

void WorkerPool::join_finished(Lock& lock) {
  const std::vector<pthread_t> finished = std::exchange(finished_, {});
  lock.unlock();
  for (const pthread_t thread : finished) pthread_join(thread, nullptr);
  lock.lock();
}

}  // namespace taskman::http
