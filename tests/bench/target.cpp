#include "target.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace taskman::bench {
namespace {

/// The address of a target, and how long it is.
struct Address {
  explicit Address(const Target& target) {
    if (target.unix_path.empty()) {
      auto& tcp = reinterpret_cast<sockaddr_in&>(storage);
      tcp.sin_family = AF_INET;
      tcp.sin_port = htons(target.port);
      tcp.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      size = sizeof tcp;
      return;
    }
    auto& local = reinterpret_cast<sockaddr_un&>(storage);
    if (target.unix_path.size() >= sizeof local.sun_path)
      throw std::runtime_error("socket path too long");
    local.sun_family = AF_UNIX;
    std::memcpy(local.sun_path, target.unix_path.c_str(), target.unix_path.size() + 1);
    size = sizeof local;
  }

  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }

  sockaddr_storage storage{};
  socklen_t size = 0;
};

int socket_for(const Target& target) {
  const int family = target.unix_path.empty() ? AF_INET : AF_UNIX;
  const int fd = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) throw std::runtime_error(std::string("no socket: ") + std::strerror(errno));
  if (const int size = target.receive_buffer; size > 0)
    ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  return fd;
}

}  // namespace

std::string name_of(const Target& target) {
  return target.unix_path.empty() ? "port " + std::to_string(target.port) : target.unix_path;
}

int connect_to(const Target& target) {
  const int fd = socket_for(target);
  const int on = 1;
  if (target.unix_path.empty()) ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  // A full backlog makes a blocking connect wait: as many as the peer accepts, no faster.
  const Address address(target);
  if (::connect(fd, address.get(), address.size) != 0) {
    throw std::runtime_error("cannot connect to " + name_of(target) + ": " + std::strerror(errno));
  }
  return fd;
}

int listen_on(Target& target) {
  const int fd = socket_for(target);
  const Address address(target);
  if (::bind(fd, address.get(), address.size) != 0 || ::listen(fd, 1024) != 0) {
    throw std::runtime_error("cannot listen on " + name_of(target) + ": " + std::strerror(errno));
  }
  if (!target.unix_path.empty()) return fd;
  sockaddr_in taken{};
  socklen_t size = sizeof taken;
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&taken), &size);
  target.port = ntohs(taken.sin_port);
  return fd;
}

std::uint16_t free_port() {
  Target any;
  ::close(listen_on(any));
  return any.port;
}

}  // namespace taskman::bench
