#include "cli/client/socket_watch.hpp"

#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cstring>

#include "common/config/folders.hpp"

namespace taskman::client {

SocketWatch::SocketWatch(const std::string& socket)
    : name_(socket.substr(socket.rfind('/') + 1)), fd_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
  constexpr std::uint32_t kMade = IN_CREATE | IN_MOVED_TO | IN_ONLYDIR;
  const auto folder = config::folder_of(socket);
  if (fd_ && ::inotify_add_watch(fd_.get(), folder.c_str(), kMade) < 0) fd_.reset();
}

bool SocketWatch::take() {
  bool made = false;
  bool ended = false;
  std::array<char, 4096> events;
  for (ssize_t got = 1; fd_ && got > 0;) {
    got = ::read(fd_.get(), events.data(), events.size());
    for (ssize_t at = 0; at < got;) {
      inotify_event event{};
      std::memcpy(&event, events.data() + at, sizeof event);
      made = made || (event.len > 0 && name_ == events.data() + at + sizeof event);
      made = made || (event.mask & IN_Q_OVERFLOW) != 0;  // too much happened to tell what
      ended = ended || (event.mask & IN_IGNORED) != 0;   // the folder is gone
      at += static_cast<ssize_t>(sizeof event + event.len);
    }
  }
  if (ended) fd_.reset();
  return made;
}

}  // namespace taskman::client
