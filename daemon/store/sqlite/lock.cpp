#include <fcntl.h>
#include <fmt/core.h>
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
  std::array<char, 64> text{};
  const ssize_t length = ::pread(fd, text.data(), text.size(), 0);
  return length > 0 ? std::string(text.data(), static_cast<std::size_t>(length)) : std::string();
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

Lock::Lock(const std::filesystem::path& database) {
  const std::string path = database.string() + ".lock";
  fd_.reset(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!fd_) {
    const int failure = errno;
    throw error::Error(
        failure == ENOSPC ? error::Code::kDiskFull : error::Code::kStorageUnavailable,
        fmt::format("cannot create the lock {}: {}", path, std::strerror(failure)),
        "make the folder of the database writable");
  }
  if (::flock(fd_.get(), LOCK_EX | LOCK_NB) != 0) tell_holder(database, fd_.get());
  left_behind_ = !text_of(fd_.get()).empty();
  // Diagnosis only, so a full disk is no reason to stop.
  const std::string name = fmt::format("process {}\n", ::getpid());
  if (::ftruncate(fd_.get(), 0) == 0) (void)!::pwrite(fd_.get(), name.data(), name.size(), 0);
}

void Lock::mark_clean() { (void)!::ftruncate(fd_.get(), 0); }

}  // namespace taskman::store::sqlite
