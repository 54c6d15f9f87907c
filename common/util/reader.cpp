#include "common/util/reader.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace taskman::util {
namespace {

constexpr std::size_t kPiece = 64 * 1024;

[[noreturn]] void fail(int number) {
  throw std::system_error(number, std::generic_category(), "read");
}

}  // namespace

/// False at the end.
bool Reader::fill() {
  read_.erase(0, std::exchange(begin_, 0));
  std::array<char, kPiece> piece;
  for (;;) {
    const ssize_t got = ::read(fd_, piece.data(), piece.size());
    if (got > 0) read_.append(piece.data(), static_cast<std::size_t>(got));
    if (got >= 0) return got > 0;
    if (errno == EINTR) continue;
    if (errno != EAGAIN) fail(errno);
    pollfd readable{fd_, POLLIN, 0};
    ::poll(&readable, 1, -1);
  }
}

bool Reader::read_line(std::string& line, std::size_t most) {
  std::size_t end = read_.find('\n', begin_);
  bool ended = false;
  while (end == std::string::npos && !ended && read_.size() - begin_ <= most) {
    const std::size_t seen = read_.size() - begin_;
    ended = !fill();
    end = read_.find('\n', seen);
  }
  line = read_.substr(begin_, std::min(end, read_.size()) - begin_);
  if (line.size() > most) fail(EFBIG);
  begin_ = end == std::string::npos ? read_.size() : end + 1;
  return end != std::string::npos || !line.empty();
}

std::string Reader::read_rest(std::size_t most) {
  while (fill()) {
    if (read_.size() > most) fail(EFBIG);
  }
  return std::exchange(read_, {});
}

}  // namespace taskman::util
