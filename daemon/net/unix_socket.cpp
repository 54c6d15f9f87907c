#include "daemon/net/unix_socket.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <string>
#include <system_error>

namespace taskman::net {
namespace {

constexpr int kBacklog = 1024;
constexpr int kFirstPassedFd = 3;  // SD_LISTEN_FDS_START

/// umask is the only way to create the file with its final mode: a chmod afterwards leaves a gap.
class NarrowUmask {
 public:
  NarrowUmask() : before_(::umask(0177)) {}
  ~NarrowUmask() { ::umask(before_); }
  NarrowUmask(const NarrowUmask&) = delete;
  NarrowUmask& operator=(const NarrowUmask&) = delete;

 private:
  mode_t before_;
};

[[noreturn]] void fail(int code, const std::string& what) {
  throw std::system_error(code, std::generic_category(), what);
}

sockaddr_un address_of(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string& text = path.native();
  if (text.size() >= sizeof(address.sun_path)) fail(ENAMETOOLONG, "socket path " + text);
  std::memcpy(address.sun_path, text.data(), text.size());
  return address;
}

util::Fd make_socket() {
  util::Fd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!fd) fail(errno, "socket");
  return fd;
}

const sockaddr* generic(const sockaddr_un& address) {
  return reinterpret_cast<const sockaddr*>(&address);
}

bool try_bind(int fd, const sockaddr_un& address) {
  const NarrowUmask narrow;
  return ::bind(fd, generic(address), sizeof(address)) == 0;
}

/// A connection to a file that is no socket is refused as well: that one is not ours to replace.
bool is_foreign(const sockaddr_un& address) {
  struct stat facts {};
  return ::lstat(address.sun_path, &facts) == 0 && !S_ISSOCK(facts.st_mode);
}

bool is_abandoned_socket(const sockaddr_un& address) {
  const util::Fd probe = make_socket();
  return ::connect(probe.get(), generic(address), sizeof(address)) < 0 && errno == ECONNREFUSED;
}

void bind_or_replace(int fd, const sockaddr_un& address) {
  if (try_bind(fd, address)) return;
  if (errno != EADDRINUSE) fail(errno, std::string("bind ") + address.sun_path);
  if (is_foreign(address)) fail(ENOTSOCK, std::string("bind ") + address.sun_path);
  if (!is_abandoned_socket(address)) fail(EADDRINUSE, std::string("bind ") + address.sun_path);
  ::unlink(address.sun_path);
  if (!try_bind(fd, address)) fail(errno, std::string("bind ") + address.sun_path);
}

long number(const std::optional<std::string>& text) {
  long value = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), value);
  return value;
}

bool is_listening_unix_socket(int fd) {
  int domain = 0;
  int listening = 0;
  socklen_t size = sizeof(int);
  return ::getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &size) == 0 && domain == AF_UNIX &&
         ::getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) == 0 && listening == 1;
}

}  // namespace

UnixSocket UnixSocket::listen(const std::filesystem::path& path) {
  const sockaddr_un address = address_of(path);
  UnixSocket made(make_socket());
  bind_or_replace(made.get(), address);
  if (::listen(made.get(), kBacklog) < 0) fail(errno, "listen " + path.native());
  struct stat facts {};
  if (::lstat(path.c_str(), &facts) < 0) fail(errno, "lstat " + path.native());
  made.path_ = path;
  made.device_ = facts.st_dev;
  made.inode_ = facts.st_ino;
  return made;
}

std::optional<UnixSocket> UnixSocket::adopt(const util::Environment& environment) {
  if (number(environment("LISTEN_PID")) != ::getpid() || number(environment("LISTEN_FDS")) < 1)
    return std::nullopt;
  if (!is_listening_unix_socket(kFirstPassedFd)) return std::nullopt;
  ::fcntl(kFirstPassedFd, F_SETFD, FD_CLOEXEC);
  ::fcntl(kFirstPassedFd, F_SETFL, ::fcntl(kFirstPassedFd, F_GETFL) | O_NONBLOCK);
  return UnixSocket(util::Fd(kFirstPassedFd));
}

bool UnixSocket::is_named() const {
  struct stat facts {};
  return has_file() && ::lstat(path_.c_str(), &facts) == 0 && facts.st_dev == device_ &&
         facts.st_ino == inode_;
}

void UnixSocket::close() {
  if (is_named()) ::unlink(path_.c_str());
  path_.clear();
  fd_.reset();
}

}  // namespace taskman::net
