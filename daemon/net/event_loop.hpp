#pragma once
// One epoll loop: descriptors, one-shot timers, work from other threads.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "common/util/fd.hpp"

namespace taskman::net {

/// What a descriptor's events are told to. Lives at least until EventLoop::remove() of its
/// descriptor.
class EventHandler {
 public:
  /// `events` as of epoll(7). Called on the loop's thread; must not throw.
  virtual void on_ready(std::uint32_t events) = 0;

 protected:
  ~EventHandler() = default;
};

/// Owned by the daemon, run by one thread, the loop's thread. post(), stop() and wakeups() may be
/// called from any thread; everything else on the loop's thread, or before run().
/// A loop with nothing due sleeps without a timeout.
class EventLoop {
 public:
  using Clock = std::chrono::steady_clock;
  using Task = std::function<void()>;

  /// Names one pending timer; the default value names none.
  struct Timer {
    Clock::time_point due{};
    std::uint64_t number = 0;
    auto operator<=>(const Timer&) const = default;
  };

  EventLoop();
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  /// Watches `fd` for `events` (epoll(7), EPOLLET allowed). Throws std::system_error.
  void add(int fd, std::uint32_t events, EventHandler& handler);
  void modify(int fd, std::uint32_t events);
  /// Before the descriptor is closed. Safe inside callbacks: events of it that wait in the same
  /// batch are dropped, even when the number is taken by a new descriptor at once.
  void remove(int fd);

  /// Calls `task` once, not before `due`.
  Timer call_at(Clock::time_point due, Task task);
  Timer call_after(Clock::duration delay, Task task) {
    return call_at(Clock::now() + delay, std::move(task));
  }
  /// No effect on a timer that fired, and on none.
  void cancel(const Timer& timer);

  /// Runs `task` on the loop's thread, in the order of posting. Tasks posted after stop() are
  /// dropped.
  void post(Task task);

  /// Returns after stop(); events at hand are dispatched first.
  void run();
  void stop();

  /// How often the loop came out of its sleep: an idle loop does not count up.
  std::uint64_t wakeups() const noexcept { return wakeups_.load(std::memory_order_relaxed); }

 private:
  struct Slot {
    EventHandler* handler = nullptr;
    std::uint32_t generation = 0;
  };
  struct Inbox {
    std::vector<Task> tasks;
    bool sleeping = false;
  };

  void control(int operation, int fd, std::uint32_t events) const;
  void dispatch(std::uint64_t tag, std::uint32_t events);
  void run_timers();
  void run_posted();
  int sleep_milliseconds();
  void clear_wake() const;

  util::Fd epoll_;
  util::Fd wake_;
  std::vector<Slot> slots_;  ///< by descriptor
  std::map<Timer, Task> timers_;
  std::uint64_t last_timer_ = 0;
  std::atomic<bool> stopping_{false};
  std::atomic<std::uint64_t> wakeups_{0};

  std::mutex mutex_;  ///< guards inbox_
  Inbox inbox_;
};

}  // namespace taskman::net
