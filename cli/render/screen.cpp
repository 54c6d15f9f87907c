#include "cli/render/screen.hpp"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <string>
#include <string_view>

#include "common/util/text.hpp"

namespace taskman::render {
namespace {

constexpr std::string_view kEnter = "\x1b[?1049h\x1b[?25l\x1b[2J";
constexpr std::string_view kLeave = "\x1b[?25h\x1b[?1049l";
// Terminals that know synchronised updates show the frame at once; others ignore it.
constexpr std::string_view kBegin = "\x1b[?2026h\x1b[H";
constexpr std::string_view kClearRest = "\x1b[K";
constexpr std::string_view kEnd = "\x1b[?2026l";

/// A terminal that is gone shows nothing: there is no one to tell.
void write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(fd, bytes.data(), bytes.size());
    if (written > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      pollfd writable{fd, POLLOUT, 0};
      ::poll(&writable, 1, -1);
    } else if (errno != EINTR) {
      return;
    }
  }
}

}  // namespace

Size terminal_size(int fd) {
  winsize said{};
  Size size;
  if (::ioctl(fd, TIOCGWINSZ, &said) == 0) {
    if (said.ws_col > 0) size.columns = said.ws_col;
    if (said.ws_row > 0) size.rows = said.ws_row;
  }
  return size;
}

void Screen::enter() {
  termios settings{};
  if (::tcgetattr(fd_, &settings) == 0) {
    before_ = settings;
    settings.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(fd_, TCSANOW, &settings);
  }
  write_all(fd_, kEnter);
}

void Screen::leave() {
  write_all(fd_, kLeave);
  if (before_) ::tcsetattr(fd_, TCSAFLUSH, &*before_);
}

void Screen::draw(const std::vector<Line>& lines, Colour colour) {
  std::string frame(kBegin);
  const Size now = size();
  const auto columns = static_cast<std::size_t>(now.columns);
  const auto rows = std::min(lines.size(), static_cast<std::size_t>(now.rows));
  for (std::size_t i = 0; i < rows; ++i) {
    if (i > 0) frame += "\r\n";
    const auto text = paint(lines[i], columns, colour);
    frame += text;
    // Behind a full line the cursor still stands on its last cell, and clearing would take that.
    if (util::display_width(paint(lines[i], columns, Colour::kOff)) < columns) frame += kClearRest;
  }
  if (rows < static_cast<std::size_t>(now.rows)) frame += rows > 0 ? "\r\n\x1b[J" : "\x1b[J";
  frame += kEnd;
  write_all(fd_, frame);
}

}  // namespace taskman::render
