#pragma once
// Until when a command may take. A value.

#include <algorithm>
#include <chrono>
#include <optional>

namespace taskman::client {

using Steady = std::chrono::steady_clock;

class Deadline {
 public:
  static Deadline after(std::chrono::milliseconds time) { return Deadline(Steady::now() + time); }
  static Deadline never() { return Deadline(std::nullopt); }

  bool passed() const { return at_ && Steady::now() >= *at_; }
  /// What poll(2) takes: milliseconds left, rounded up, -1 for never.
  int poll_timeout() const {
    if (!at_) return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*at_ - Steady::now()).count();
    return static_cast<int>(std::clamp<long long>(left, 0, 1'000'000'000));
  }

 private:
  explicit Deadline(std::optional<Steady::time_point> at) : at_(at) {}
  std::optional<Steady::time_point> at_;
};

}  // namespace taskman::client
