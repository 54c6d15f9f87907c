#include "daemon/http/worker_pool.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace taskman::http {

WorkerPool::WorkerPool(const WorkerPoolOptions& options) : options_(options) {
  const std::lock_guard lock(mutex_);
  if (!start_thread()) throw std::system_error(EAGAIN, std::generic_category(), "start a worker thread");
}

WorkerPool::~WorkerPool() {
  Lock lock(mutex_);
  stopping_ = true;
  for (Sleeper* sleeper : sleepers_) {
    sleeper->called = true;
    sleeper->wake.notify_one();
  }
  sleepers_.clear();
  ended_.wait(lock, [this] { return threads_ == 0; });
  join_finished(lock);
}

void WorkerPool::submit(std::shared_ptr<Work> work) {
  Lock lock(mutex_);
  queue_.push_back(std::move(work));
  if (!sleepers_.empty()) {
    Sleeper* last = sleepers_.back();
    sleepers_.pop_back();
    last->called = true;
    last->wake.notify_one();
    return;
  }
  // Out of threads is no error: there is one at least, and the queue is worked off.
  if (threads_ < options_.max_threads) start_thread();
}

std::size_t WorkerPool::threads() const {
  const std::lock_guard lock(mutex_);
  return threads_;
}

bool WorkerPool::start_thread() {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, options_.stack_bytes);
  pthread_t thread{};
  const bool started = pthread_create(&thread, &attributes, &WorkerPool::enter, this) == 0;
  if (started) ++threads_;
  pthread_attr_destroy(&attributes);
  return started;
}

void* WorkerPool::enter(void* pool) {
  static_cast<WorkerPool*>(pool)->work();
  return nullptr;
}

void WorkerPool::work() {
  Lock lock(mutex_);
  do {
    while (!queue_.empty()) run_next(lock);
    if (sleep(lock)) continue;
    join_finished(lock);  // one that ends joins those before it: at most one waits to be joined
    if (queue_.empty()) break;
  } while (true);
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
}

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
