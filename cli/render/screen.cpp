#include "cli/render/screen.hpp"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <string_view>

namespace taskman::render {
namespace {

constexpr std::string_view kEnter = "\x1b[?1049h\x1b[?25l\x1b[2J";
constexpr std::string_view kLeave = "\x1b[?25h\x1b[?1049l";
// Terminals that know synchronised updates show the frame at once; others ignore it.
constexpr std::string_view kBegin = "\x1b[?2026h\x1b[H";
constexpr std::string_view kEnd = "\x1b[J\x1b[?2026l";

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

Screen::Screen(int fd) : fd_(fd) { write_all(fd_, kEnter); }

Screen::~Screen() { write_all(fd_, kLeave); }

void Screen::draw(const std::vector<std::string>& lines) {
  std::string frame(kBegin);
  const auto rows = std::min(lines.size(), static_cast<std::size_t>(size().rows));
  for (std::size_t i = 0; i < rows; ++i) {
    if (i > 0) frame += "\r\n";
    frame += lines[i];
    frame += "\x1b[0m\x1b[K";
  }
  frame += kEnd;
  write_all(fd_, frame);
}

}  // namespace taskman::render
