#pragma once
// --exec: a command that is run for every frame.

#include <string>

namespace taskman::cli {

/// One at a time, in the order of the log; the next frame waits for the end of the command. It
/// prints where we print, and is not hurried by a signal that asks us to end.
class FrameCommand {
 public:
  /// `line` is for the shell.
  explicit FrameCommand(std::string line) : line_(std::move(line)) {}

  /// With the frame, and a newline, as its stdin. Throws kConflict when it fails.
  void run(const std::string& frame) const;

 private:
  std::string line_;
};

}  // namespace taskman::cli
