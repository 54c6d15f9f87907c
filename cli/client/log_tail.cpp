#include "cli/client/log_tail.hpp"

#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "common/config/folders.hpp"
#include "common/error/error.hpp"

namespace taskman::client {
namespace {

error::Error unreadable(const std::string& path, int reason) {
  return {error::Code::kNotFound, "cannot read the log " + path + ": " + std::strerror(reason),
          "the daemon writes it once it has run; under systemd: journalctl --user -u taskmand"};
}

}  // namespace

LogTail::LogTail(std::string path)
    : path_(std::move(path)), watch_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
  // The folder, not the file: that tells of its successor too.
  const auto folder = config::folder_of(path_);
  if (::inotify_add_watch(watch_.get(), folder.c_str(), IN_MODIFY | IN_CREATE | IN_MOVED_TO) < 0)
    throw unreadable(path_, errno);
  open();
}

void LogTail::open() {
  file_.reset(::open(path_.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file_ && errno != ENOENT) throw unreadable(path_, errno);
}

bool LogTail::was_replaced() const {
  struct stat ours {};
  struct stat named {};
  if (::stat(path_.c_str(), &named) != 0) return false;
  return !file_ || ::fstat(file_.get(), &ours) != 0 || ours.st_ino != named.st_ino ||
         ours.st_dev != named.st_dev;
}

void LogTail::read_rest() {
  std::array<char, 64 * 1024> chunk;
  for (ssize_t got = 1; file_ && got > 0;) {
    got = ::read(file_.get(), chunk.data(), chunk.size());
    if (got > 0) text_.append(chunk.data(), static_cast<std::size_t>(got));
  }
}

std::vector<std::string> LogTail::take_lines() {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  for (auto end = text_.find('\n'); end != std::string::npos; end = text_.find('\n', begin)) {
    lines.push_back(text_.substr(begin, end - begin));
    begin = end + 1;
  }
  text_.erase(0, begin);
  return lines;
}

std::vector<std::string> LogTail::last(std::size_t count) {
  if (!file_) throw unreadable(path_, ENOENT);
  read_rest();
  auto lines = take_lines();
  if (lines.size() > count)
    lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(count));
  return lines;
}

std::vector<std::string> LogTail::next() {
  std::array<char, 4096> events;
  while (::read(watch_.get(), events.data(), events.size()) > 0) {
  }
  read_rest();
  while (was_replaced()) {
    open();
    read_rest();
  }
  return take_lines();
}

}  // namespace taskman::client
