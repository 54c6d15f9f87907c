#pragma once
// The built daemon under attack: what that costs it, and how long those who mean well wait.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "support/daemon_fixture.hpp"

namespace taskman::test {

/// A daemon with one task. One thread.
class Siege {
 public:
  explicit Siege(std::vector<std::string> flags = {});

  const DaemonFixture& daemon() const { return daemon_; }
  HttpClient attacker() const { return daemon_.connect(); }
  /// The answer to `text`, sent as it is on a connection of its own.
  HttpReply answer_to(std::string_view text) const;

  /// Runs `attack` while an honest client comes and asks, again and again, and some times more
  /// after it. Checks that it did not wait 100 ms longer than before, that the daemon lives, and
  /// that at its highest it has not grown by more than `may_grow` bytes. What the attack is to hold
  /// open must outlive the call.
  void withstands(const std::function<void()>& attack, std::int64_t may_grow = 8 * 1024 * 1024);

  /// A line of the daemon's /proc/PID/status as a number.
  std::int64_t status(std::string_view name) const;
  /// A counter of /metrics.
  std::int64_t metric(const std::string& name) const;
  /// Until no request but the one that asks is being answered.
  void await_only_one_in_flight() const;
  /// Of all its threads together.
  std::int64_t context_switches() const;
  /// All tasks there are.
  std::int64_t tasks() const;

 private:
  double ask() const;

  DaemonFixture daemon_;
};

/// As many descriptors as this process may have.
void raise_descriptor_limit();

}  // namespace taskman::test
