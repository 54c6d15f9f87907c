#include <fcntl.h>
#include <fmt/core.h>
#include <poll.h>
#include <sys/file.h>

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
  while (holder.ends_with('\n')) holder.pop_back();
  throw error::Error(error::Code::kConflict,
                     fmt::format("the database {} is in use by {}", database.string(),
                                 holder.empty() ? "another process" : holder),
                     "stop that daemon with taskman daemon stop, or use another database");
}

}  // namespace

Lock::Lock(const std::filesystem::path& database, std::string_view holder) {
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
  left_behind_ = !text_of(fd_.get()).empty();
  // Diagnosis only, so a full disk is no reason to stop.
  const std::string name =
      holder.empty() ? fmt::format("process {}\n", ::getpid()) : fmt::format("{}\n", holder);
  if (::ftruncate(fd_.get(), 0) == 0) (void)!::pwrite(fd_.get(), name.data(), name.size(), 0);
}

void Lock::mark_clean() { (void)!::ftruncate(fd_.get(), 0); }

}  // namespace taskman::store::sqlite
