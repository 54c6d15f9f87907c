#include "cli/session/terminal.hpp"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "common/error/error.hpp"

namespace taskman::cli {
namespace {

constexpr std::size_t kPiece = 64 * 1024;

/// False when the reader is gone.
bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(fd, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      pollfd writable{fd, POLLOUT, 0};
      ::poll(&writable, 1, -1);
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

}  // namespace

Terminal::Terminal() : out_is_terminal_(::isatty(STDOUT_FILENO) == 1), in_(STDIN_FILENO) {}

bool Terminal::in_is_terminal() const { return ::isatty(STDIN_FILENO) == 1; }

bool Terminal::err_is_terminal() const { return ::isatty(STDERR_FILENO) == 1; }

std::size_t Terminal::columns() const {
  winsize said{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &said) == 0 && said.ws_col > 0) return said.ws_col;
  return 80;
}

void Terminal::print(std::string_view text) {
  out_ += text;
  if (out_.size() >= kPiece) flush();
}

void Terminal::flush() {
  if (out_.empty()) return;
  const bool written = write_all(STDOUT_FILENO, out_);
  out_.clear();
  if (written) return;
  if (errno == EPIPE) throw OutputClosed{};
  throw OutputFailed{std::strerror(errno)};
}

void Terminal::note(std::string_view line) {
  flush();
  write_all(STDERR_FILENO, std::string(line) + '\n');
}

}  // namespace taskman::cli
