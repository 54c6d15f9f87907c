#include "daemon/hooks/run_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <cstring>

namespace taskman::hooks {

std::optional<std::string> RunLock::take() {
  if (taken_ || path_.empty()) return std::nullopt;
  // Not the lock of the database: the next daemon answers while commands of the last one still end.
  if (!fd_) fd_.reset(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!fd_) return "cannot create " + path_ + ": " + std::strerror(errno);
  taken_ = ::flock(fd_.get(), LOCK_EX | LOCK_NB) == 0;
  if (taken_) return std::nullopt;
  if (errno == EWOULDBLOCK) return "commands of a daemon that was killed have not ended yet";
  return "cannot lock " + path_ + ": " + std::strerror(errno);
}

}  // namespace taskman::hooks
