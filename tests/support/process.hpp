#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/util/fd.hpp"

namespace taskman::test {

using Environment = std::map<std::string, std::string>;

inline constexpr std::chrono::milliseconds kPatience{30'000};

struct Command {
  std::vector<std::string> argv;   ///< argv[0] is the program's path
  Environment environment{};       ///< all of it: nothing is inherited from the test
  std::string input{};             ///< becomes stdin, which is then closed
  std::filesystem::path folder{};  ///< working folder; the test's own if empty
};

struct Finished {
  int exit_code = -1;  ///< -1 if a signal ended it
  int signal = 0;
  std::string out;
  std::string err;
};

/// A program a test started, in a process group of its own. The destructor kills the group and
/// reaps it, so that no test leaves anything behind. One thread at a time.
class Process {
 public:
  explicit Process(const Command& command);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t pid() const { return pid_; }

  /// The next line of stdout without its newline. Throws when the deadline passes or stdout ends.
  std::string read_line(std::chrono::milliseconds deadline = kPatience);

  /// Sends the signal to the program alone, not to its group.
  void signal(int number);

  /// Waits for the end AND for stdout and stderr to close, so a descriptor that leaked into a
  /// daemon is a failure. Throws with what was printed so far when the deadline passes.
  Finished wait(std::chrono::milliseconds deadline = kPatience);

 private:
  using Instant = std::chrono::steady_clock::time_point;
  void spawn(const Command& command, int in, int out, int err);
  void gather(Instant until);
  void reap(Instant until);
  [[noreturn]] void fail(std::string_view what) const;

  std::string name_;
  pid_t pid_ = -1;
  util::Fd in_, out_, err_;
  std::string input_;
  Finished finished_;
};

/// Starts the command, waits for it, returns all it printed.
Finished run(const Command& command, std::chrono::milliseconds deadline = kPatience);

}  // namespace taskman::test
