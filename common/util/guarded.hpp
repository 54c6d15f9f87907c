#pragma once
// Data that can be reached only inside its lock.

#include <mutex>
#include <utility>

namespace taskman::util {

/// `guarded.with([](T& data) { … })`. Thread-safe. Never call with() inside with().
template <typename T>
class Guarded {
 public:
  Guarded() = default;
  explicit Guarded(T data) : data_(std::move(data)) {}

  template <typename Use>
  decltype(auto) with(Use&& use) {
    const std::lock_guard lock(mutex_);
    return std::forward<Use>(use)(data_);
  }

  template <typename Use>
  decltype(auto) with(Use&& use) const {
    const std::lock_guard lock(mutex_);
    return std::forward<Use>(use)(data_);
  }

 private:
  mutable std::mutex mutex_;
  T data_;
};

}  // namespace taskman::util
