#include "daemon/store/sqlite/batch_queue.hpp"

#include "common/error/error.hpp"

namespace taskman::store::sqlite {

std::shared_ptr<Batch> BatchQueue::add(Job& job) {
  std::shared_ptr<Batch> batch;
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    if (stopped_) {
      throw error::Error(error::Code::kStorageUnavailable, "the store is closing",
                         "try again: the next command starts a new daemon");
    }
    first = gathering_ == nullptr;
    if (first) gathering_ = std::make_shared<Batch>();
    gathering_->jobs.push_back(&job);
    batch = gathering_;
  }
  waiting_.fetch_add(1, std::memory_order_relaxed);
  if (first) work_.notify_one();
  return batch;
}

std::shared_ptr<Batch> BatchQueue::take() {
  std::unique_lock lock(mutex_);
  work_.wait(lock, [&] { return gathering_ != nullptr || stopped_; });
  return std::exchange(gathering_, nullptr);
}

void BatchQueue::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  work_.notify_one();
}

}  // namespace taskman::store::sqlite
