#pragma once
// How many bytes all connections together may hold in memory.

#include <atomic>
#include <cstddef>
#include <utility>

namespace taskman::http {

/// Shared by all connections; thread-safe. Outlives its charges.
class ByteBudget {
 public:
  explicit ByteBudget(std::size_t limit) : limit_(limit) {}

  bool take(std::size_t bytes) noexcept {
    if (used_.fetch_add(bytes, std::memory_order_relaxed) + bytes <= limit_) return true;
    give(bytes);
    return false;
  }
  void give(std::size_t bytes) noexcept { used_.fetch_sub(bytes, std::memory_order_relaxed); }
  std::size_t used() const noexcept { return used_.load(std::memory_order_relaxed); }

 private:
  const std::size_t limit_;
  std::atomic<std::size_t> used_{0};
};

/// What one holder took of the budget; given back by the destructor. One thread at a time.
class Charge {
 public:
  explicit Charge(ByteBudget& budget) : budget_(&budget) {}
  Charge(Charge&& other) noexcept
      : budget_(other.budget_), bytes_(std::exchange(other.bytes_, 0)) {}
  Charge& operator=(Charge&& other) noexcept {
    if (this == &other) return *this;
    settle(0);
    budget_ = other.budget_;
    bytes_ = std::exchange(other.bytes_, 0);
    return *this;
  }
  Charge(const Charge&) = delete;
  Charge& operator=(const Charge&) = delete;
  ~Charge() { settle(0); }

  /// Makes the charge `bytes`; false, and as before, when the budget has not that much left.
  bool settle(std::size_t bytes) noexcept {
    if (bytes > bytes_ && !budget_->take(bytes - bytes_)) return false;
    if (bytes < bytes_) budget_->give(bytes_ - bytes);
    bytes_ = bytes;
    return true;
  }

 private:
  ByteBudget* budget_;
  std::size_t bytes_ = 0;
};

}  // namespace taskman::http
