#pragma once
// A terminal that one view redraws in place. Owned by a live view, used by one thread. The
// destructor puts the terminal back as it was, so leave by returning, not by exit().

#include <string>
#include <vector>

namespace taskman::render {

struct Size {
  int columns = 80;
  int rows = 24;
};

/// The terminal's size now; 80 × 24 when it does not say.
Size terminal_size(int fd);

class Screen {
 public:
  /// Switches `fd`, a terminal, to its alternate screen and hides the cursor.
  explicit Screen(int fd);
  ~Screen();
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  Size size() const { return terminal_size(fd_); }

  /// Replaces what is shown by `lines`, each already fitted to the width, in one write: each line
  /// is overwritten and cleared to its end, so nothing flickers. Lines beyond the height are left
  /// out.
  void draw(const std::vector<std::string>& lines);

 private:
  int fd_;
};

}  // namespace taskman::render
