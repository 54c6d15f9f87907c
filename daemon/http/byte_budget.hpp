#pragma once
// How many bytes all connections together may hold in memory. Large bodies and answers have budgets
// of their own, so that an import or a slow reader of an export is in nobody's way.

#include <atomic>
#include <cstddef>
#include <utility>

#include "daemon/http/limits.hpp"

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
  /// For what is made already, as an export is: past the limit as well when others have taken less
  /// than half of it, `own` being the taker's share.
  bool take_made(std::size_t bytes, std::size_t own) noexcept {
    const auto before = used_.fetch_add(bytes, std::memory_order_relaxed);
    if (before + bytes <= limit_ || before - own <= limit_ / 2) return true;
    give(bytes);
    return false;
  }
  void give(std::size_t bytes) noexcept { used_.fetch_sub(bytes, std::memory_order_relaxed); }
  bool is_half_used() const noexcept { return used() > limit_ / 2; }
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
    return settled(bytes);
  }

  /// The same by take_made().
  bool settle_made(std::size_t bytes) noexcept {
    if (bytes > bytes_ && !budget_->take_made(bytes - bytes_, bytes_)) return false;
    return settled(bytes);
  }

 private:
  bool settled(std::size_t bytes) noexcept {
    if (bytes < bytes_) budget_->give(bytes_ - bytes);
    bytes_ = bytes;
    return true;
  }

  ByteBudget* budget_;
  std::size_t bytes_ = 0;
};

/// Shared by all connections; thread-safe. Outlives their charges.
struct Budgets {
  explicit Budgets(const Limits& limits)
      : usual_body(limits.body_bytes),
        requests(limits.buffered_bytes),
        large(limits.large_bytes),
        answers(limits.answer_bytes) {}

  ByteBudget& of_body(std::size_t bytes) { return bytes > usual_body ? large : requests; }
  std::size_t used() const noexcept { return requests.used() + large.used() + answers.used(); }

  const std::size_t usual_body;
  ByteBudget requests;
  ByteBudget large;  ///< bodies that only some paths may have
  ByteBudget answers;
};

}  // namespace taskman::http
