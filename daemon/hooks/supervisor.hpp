#pragma once
// The process between the daemon and a hook's command: it ends whatever the command started.

#include <chrono>
#include <cstdint>

namespace taskman::hooks {

inline constexpr std::chrono::milliseconds kGrace{2000};  ///< from TERM to KILL

/// All it needs, made before the fork: in a copy of a process with many threads any lock may be
/// held for ever, that of malloc too.
struct SupervisorPlan {
  const char* line;  ///< for `sh -c`
  char* const* environment;
  const char* folder;  ///< where the command runs; `/` when that cannot be entered
  int input;
  int output;
  int control;  ///< a socket of packets; nobody but the daemon holds its other end
  int lock;     ///< stays open as long as anything runs; -1: none
};

/// What it tells the daemon at its end, one packet.
struct SupervisorReport {
  int failure = 0;    ///< errno; nothing was started
  int status = 0;     ///< the shell's, as of waitpid(2)
  bool left = false;  ///< the shell ended by itself, and others that it had started did not
};

/// For a fresh fork: starts the command and ends when all that came of it has ended. A byte on the
/// control socket asks for that: TERM, and KILL after kGrace. The socket's end means that the
/// daemon is gone: KILL at once. What a shell that ended leaves behind is ended too. Calls nothing
/// but what is safe in a signal handler.
[[noreturn]] void supervise(const SupervisorPlan& plan);

}  // namespace taskman::hooks
