#include <fcntl.h>
#include <fmt/core.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string>

#include "common/error/error.hpp"
#include "daemon/store/sqlite/files.hpp"

namespace taskman::store::sqlite {
namespace {

std::string text_of(int fd) {
  std::array<char, 512> text{};
  const ssize_t length = ::pread(fd, text.data(), text.size(), 0);
  return length > 0 ? std::string(text.data(), static_cast<std::size_t>(length)) : std::string();
}

/// Commands that ask who holds the lock take it for an instant: that is no holder.
bool take(int fd) {
  constexpr int kTries = 5;
  for (int tries = 1;; ++tries) {
    if (::flock(fd, LOCK_EX | LOCK_NB) == 0) return true;
    if (tries == kTries) return false;
    ::poll(nullptr, 0, 1);
  }
}

[[noreturn]] void tell_holder(const std::filesystem::path& database, int fd) {
  std::string holder = text_of(fd);
  holder.resize(std::min(holder.find('\n'), holder.size()));
  throw error::Error(error::Code::kConflict,
                     fmt::format("the database {} is in use by {}", database.string(),
                                 holder.empty() ? "another process" : holder),
                     "stop that daemon with taskman daemon stop, or use another database");
}

/// The line that tells which file the name stood for.
std::string file_line(const std::string& database) {
  struct stat info {};
  if (::stat(database.c_str(), &info) != 0) return {};
  return fmt::format("file {}:{}\n", info.st_dev, info.st_ino);
}

}  // namespace

Lock::Lock(const std::filesystem::path& database) : database_(database.string()) {
  const std::string path = database.string() + ".lock";
  fd_.reset(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!fd_) {
    const int failure = errno;
    throw error::Error(
        failure == ENOSPC ? error::Code::kDiskFull : error::Code::kStorageUnavailable,
        fmt::format("cannot create the lock {}: {}", path, std::strerror(failure)),
        "make the folder of the database writable");
  }
  if (!take(fd_.get())) tell_holder(database, fd_.get());
  left_text_ = text_of(fd_.get());
}

void Lock::check_log() const {
  const auto told = left_text_.find("\nfile ");
  if (told == std::string::npos || left_text_.substr(told + 1) == file_line(database_)) return;
  const std::string log = database_ + "-wal";
  struct stat info {};
  if (::stat(log.c_str(), &info) != 0 || info.st_size == 0) return;
  throw error::Error(
      error::Code::kStorageUnavailable,
      fmt::format("{} is another file than the one whose last changes are in {}", database_, log),
      fmt::format("move the log away to go on with this file, put the other file back, or, if both "
                  "were moved here together, remove {}.lock",
                  database_));
}

void Lock::name_holder(std::string_view holder) {
  // Mostly diagnosis, so a full disk is no reason to stop.
  std::string text = holder.empty() ? fmt::format("process {}", ::getpid()) : std::string(holder);
  text += '\n' + file_line(database_);
  if (::ftruncate(fd_.get(), 0) == 0) (void)!::pwrite(fd_.get(), text.data(), text.size(), 0);
}

void Lock::mark_clean() { (void)!::ftruncate(fd_.get(), 0); }

}  // namespace taskman::store::sqlite
