#pragma once
// A terminal that one view redraws in place. Owned by a live view, used by one thread. The
// destructor puts the terminal back as it was, so leave by returning, not by exit().

#include <termios.h>

#include <optional>
#include <vector>

#include "cli/render/line.hpp"

namespace taskman::render {

struct Size {
  int columns = 80;
  int rows = 24;
};

/// The terminal's size now; 80 × 24 when it does not say.
Size terminal_size(int fd);

class Screen {
 public:
  /// Enters `fd`, a terminal.
  explicit Screen(int fd) : fd_(fd) { enter(); }
  ~Screen() { leave(); }
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  /// Switches to the alternate screen, without a cursor and without an echo of what is typed.
  void enter();
  /// Puts everything back; what was typed meanwhile is dropped.
  void leave();

  Size size() const { return terminal_size(fd_); }

  /// Replaces what is shown by `lines` in one write: each line is overwritten and cleared to its
  /// end, so nothing flickers. What is wider or higher than the terminal is left out.
  void draw(const std::vector<Line>& lines, Colour colour);

 private:
  int fd_;
  std::optional<termios> before_;
};

}  // namespace taskman::render
