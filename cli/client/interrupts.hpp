#pragma once
// Signals that ask us to end while the answer to a write is on its way: who is interrupted then has
// to learn how to ask again.

#include <csignal>
#include <optional>
#include <string>

#include "common/error/error.hpp"
#include "common/util/fd.hpp"

namespace taskman::client {

/// A signal came; no Error, so that nobody takes it for a failure of the call.
struct Interrupted {
  int signal = 0;
  std::optional<error::Error> told{};  ///< none: nothing was asked for yet
};

/// While it lives INT, TERM and HUP come here, except those that are ignored (nohup), or that
/// somebody else waits for already. One thread.
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  /// Readable once one came; -1 when none can.
  int descriptor() const { return signals_.get(); }
  /// The one that came, 0 for none.
  int take();

 private:
  sigset_t before_{};
  util::Fd signals_;
};

/// `ended by SIGTERM`.
std::string ended_by(int signal);

/// Whether who started us wants it to end nobody.
bool is_ignored(int signal);

/// Ends this process by the signal, so that who started it sees that.
[[noreturn]] void end_by(int signal);

}  // namespace taskman::client
