#pragma once
// What can end a wait of a command that runs on: signals, its reader going away, time. One thread;
// while it lives the signals below come here and nowhere else.

#include <chrono>
#include <csignal>
#include <optional>

#include "cli/client/deadline.hpp"
#include "common/util/fd.hpp"

namespace taskman::client {

class Wakeups {
 public:
  enum class Reason {
    kReadable,    ///< the descriptor has something
    kTime,        ///< the deadline passed
    kSignal,      ///< asked to end (INT, TERM, HUP, QUIT, ALRM): signal()
    kResized,     ///< the terminal has another size (WINCH)
    kSuspended,   ///< asked to stop for a while (TSTP): suspend()
    kOutputGone,  ///< nobody reads our stdout any more
  };

  /// After `time` it asks to end as a signal does, SIGALRM, so that calls end with it, too.
  explicit Wakeups(std::optional<std::chrono::milliseconds> time = std::nullopt);
  ~Wakeups();
  Wakeups(const Wakeups&) = delete;
  Wakeups& operator=(const Wakeups&) = delete;

  /// Waits on `fd` (-1: nothing to read), signals, stdout's reader and the deadline.
  Reason wait(int fd, const Deadline& deadline);

  /// Whether a signal asked to end, without waiting.
  bool is_asked_to_end();
  /// The signal that asked to end, 0 for none.
  int signal() const { return signal_; }
  /// Readable once we were asked to end, until wait() tells so.
  int end_descriptor() const { return ends_.get(); }

  /// Stops the process until it is continued.
  static void suspend() { ::raise(SIGSTOP); }

 private:
  Reason take_end();
  Reason take_other();

  const bool has_alarm_;
  sigset_t before_{};
  util::Fd ends_;
  util::Fd others_;
  int signal_ = 0;
};

}  // namespace taskman::client
