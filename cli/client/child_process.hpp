#pragma once
// A command of the user's that runs beside us.

#include <sys/signalfd.h>
#include <sys/types.h>

#include <csignal>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/client/deadline.hpp"
#include "common/util/fd.hpp"

namespace taskman::client {

struct ChildStart {
  std::vector<std::string> words;  ///< program, looked for on PATH, and its arguments
  std::vector<std::pair<std::string, std::string>> environment;  ///< besides ours
};

/// Has our standard streams, and no descriptor of our own. It gets TERM when we are killed. While
/// this lives, signals that ask us to end are passed on to it, but for those that are ignored
/// (nohup), and end nobody once it has ended. With a terminal it stays in our
/// process group, where keys reach it; else it leads one, and a signal reaches all that it started.
/// One thread, one at a time.
class ChildProcess {
 public:
  /// Throws kNotFound when there is no such program, kUsage when it cannot be run.
  explicit ChildProcess(const ChildStart& start);
  /// Ends it when it runs still, and waits for that.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// True once it has ended; false at the deadline.
  bool wait(const Deadline& deadline);
  /// Readable when wait(), or told_since(), has something to do.
  int descriptor() const { return signals_.get(); }
  /// TERM, and KILL after a while.
  void end();

  /// Of what has ended: its exit code, or 128 and the number of the signal that ended it.
  int exit_code() const;
  /// The last of the signals that ask to end which was passed on to it; 0: none was.
  int told() const { return told_; }
  /// The last of them that came since it has ended, or since this was asked; 0: none did.
  int told_since();

 private:
  void pass_on(int number, bool from_terminal);
  void send(int number) const;
  bool reap();
  std::optional<signalfd_siginfo> next_signal();

  bool leads_group_;
  sigset_t before_{};
  util::Fd signals_;
  pid_t pid_ = -1;
  bool ended_ = false;
  int status_ = 0;
  int told_ = 0;
};

}  // namespace taskman::client
