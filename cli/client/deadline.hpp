#pragma once
// Until when a command may take: until a time, or until a descriptor says that it is to end. A
// value.

#include <poll.h>

#include <algorithm>
#include <chrono>
#include <optional>

namespace taskman::client {

using Steady = std::chrono::steady_clock;

class Deadline {
 public:
  static Deadline after(std::chrono::milliseconds time) { return Deadline(Steady::now() + time); }
  static Deadline never() { return Deadline(std::nullopt); }

  /// The same, and passed as soon as `fd` is readable (-1: never).
  Deadline or_readable(int fd) const {
    Deadline both = *this;
    both.end_fd_ = fd;
    return both;
  }

  bool passed() const { return (at_ && Steady::now() >= *at_) || is_ended(); }
  /// What poll(2) takes: milliseconds left, rounded up, -1 for never.
  int poll_timeout() const {
    if (!at_) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*at_ - Steady::now()).count();
    return static_cast<int>(std::clamp<long long>(left, 0, 1'000'000'000));
  }
  /// For poll(2) beside what is waited for.
  pollfd end() const { return {end_fd_, POLLIN, 0}; }

 private:
  explicit Deadline(std::optional<Steady::time_point> at) : at_(at) {}
  bool is_ended() const {
    pollfd asked = end();
    return end_fd_ >= 0 && ::poll(&asked, 1, 0) > 0;
  }

  std::optional<Steady::time_point> at_;
  int end_fd_ = -1;
};

}  // namespace taskman::client
