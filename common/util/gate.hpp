#pragma once
// Many threads wait for one event that happens once.

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>

namespace taskman::util {

/// Closed, then open for good. Thread-safe; lives until the last wait() returned.
/// std::atomic::wait would do, but it yields the processor four times before it sleeps, which is
/// what dozens of waiting threads cost most. Whoever wakes wakes two more, so that open() returns
/// at once.
class Gate {
 public:
  void open() {
    state_.store(kOpen, std::memory_order_release);
    wake_two();
  }

  void wait() const {
    if (state_.load(std::memory_order_acquire) == kOpen) return;
    while (state_.load(std::memory_order_acquire) != kOpen) futex(FUTEX_WAIT_PRIVATE, kClosed);
    wake_two();
  }

 private:
  static constexpr std::uint32_t kClosed = 0;
  static constexpr std::uint32_t kOpen = 1;

  void wake_two() const { futex(FUTEX_WAKE_PRIVATE, 2); }
  void futex(int operation, std::uint32_t value) const {
    ::syscall(SYS_futex, &state_, operation, value, nullptr, nullptr, 0);
  }

  std::atomic<std::uint32_t> state_{kClosed};
};

}  // namespace taskman::util
