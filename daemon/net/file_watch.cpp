#include "daemon/net/file_watch.hpp"

#include <sys/epoll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace taskman::net {

FileWatch::FileWatch(EventLoop& loop, const std::filesystem::path& path,
                     std::function<void()> touched)
    : loop_(loop), fd_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)), touched_(std::move(touched)) {
  // A bound socket keeps its inode, so its end is never told: its number of names is an attribute.
  constexpr std::uint32_t kChanges = IN_ATTRIB | IN_MOVE_SELF | IN_DONT_FOLLOW;
  if (fd_ && ::inotify_add_watch(fd_.get(), path.c_str(), kChanges) < 0) fd_.reset();
  if (fd_) loop_.add(fd_.get(), EPOLLIN, *this);
}

FileWatch::~FileWatch() {
  if (fd_) loop_.remove(fd_.get());
}

void FileWatch::on_ready(std::uint32_t) {
  std::array<char, 4096> events;
  while (::read(fd_.get(), events.data(), events.size()) > 0) {
  }
  const auto touched = touched_;
  touched();
}

}  // namespace taskman::net
