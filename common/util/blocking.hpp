#pragma once
// How code deep down tells the thread pool it may run on that it is about to wait.

namespace taskman::util {

/// Told by the threads it was installed on; see Blocking.
class BlockingObserver {
 public:
  virtual void before_wait() noexcept = 0;
  virtual void after_wait() noexcept = 0;

  /// The observer of this thread, null without one.
  static BlockingObserver*& of_this_thread() {
    thread_local BlockingObserver* observer = nullptr;
    return observer;
  }

 protected:
  ~BlockingObserver() = default;
};

/// Around a wait for another thread or a disk that may take long: a pool lets another of its
/// threads run meanwhile. Leaving it out costs time, never correctness.
class Blocking {
 public:
  Blocking() : observer_(BlockingObserver::of_this_thread()) {
    if (observer_ != nullptr) observer_->before_wait();
  }
  ~Blocking() {
    if (observer_ != nullptr) observer_->after_wait();
  }
  Blocking(const Blocking&) = delete;
  Blocking& operator=(const Blocking&) = delete;

 private:
  BlockingObserver* observer_;
};

}  // namespace taskman::util
