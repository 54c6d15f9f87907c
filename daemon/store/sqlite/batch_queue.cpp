#include "daemon/store/sqlite/batch_queue.hpp"

#include <utility>

#include "common/error/error.hpp"

namespace taskman::store::sqlite {

BatchQueue::Place BatchQueue::add(Job& job) {
  const std::lock_guard lock(mutex_);
  if (stopped_) {
    throw error::Error(error::Code::kStorageUnavailable, "the store is closing",
                       "try again: the next command starts a new daemon");
  }
  waiting_.fetch_add(1, std::memory_order_relaxed);
  if (gathering_ == nullptr) gathering_ = std::make_shared<Batch>();
  gathering_->jobs.push_back(&job);
  // Whatever gathered before is about to be taken by the writer thread.
  if (out_ || gathering_->jobs.size() > 1) return {gathering_, false};
  out_ = true;
  return {std::exchange(gathering_, nullptr), true};
}

std::shared_ptr<Batch> BatchQueue::take() {
  std::unique_lock lock(mutex_);
  work_.wait(lock, [&] { return !out_ && (gathering_ != nullptr || left_over_ || stopped_); });
  if (gathering_ == nullptr && !left_over_) return nullptr;
  out_ = true;
  left_over_ = false;
  return gathering_ == nullptr ? std::make_shared<Batch>() : std::exchange(gathering_, nullptr);
}

void BatchQueue::done(bool left_over) {
  // All of it under the lock: once it is free, close() may go on and end the queue.
  const std::lock_guard lock(mutex_);
  out_ = false;
  left_over_ = left_over_ || left_over;
  if (gathering_ != nullptr || left_over_ || stopped_) work_.notify_one();
}

void BatchQueue::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  work_.notify_one();
}

}  // namespace taskman::store::sqlite
