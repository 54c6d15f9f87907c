#include "daemon/net/tcp_socket.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <stdexcept>
#include <system_error>

namespace taskman::net {
namespace {

constexpr int kBacklog = 4096;
// What the kernel keeps of a peer that takes nothing; left to itself it keeps megabytes of each.
constexpr int kUnsent = 128 * 1024;

/// Either family, as bind(2) takes it.
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

SocketAddress to_socket_address(const TcpAddress& address) {
  SocketAddress made;
  if (address.host.find(':') == std::string::npos) {
    auto* const v4 = reinterpret_cast<sockaddr_in*>(&made.storage);
    v4->sin_family = AF_INET;
    v4->sin_port = htons(address.port);
    if (::inet_pton(AF_INET, address.host.c_str(), &v4->sin_addr) == 1) made.size = sizeof *v4;
  } else {
    auto* const v6 = reinterpret_cast<sockaddr_in6*>(&made.storage);
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(address.port);
    if (::inet_pton(AF_INET6, address.host.c_str(), &v6->sin6_addr) == 1) made.size = sizeof *v6;
  }
  return made;
}

bool is_loopback(const SocketAddress& address) {
  if (address.storage.ss_family == AF_INET6) {
    return IN6_IS_ADDR_LOOPBACK(
        &reinterpret_cast<const sockaddr_in6*>(&address.storage)->sin6_addr);
  }
  const auto* v4 = reinterpret_cast<const sockaddr_in*>(&address.storage);
  return (ntohl(v4->sin_addr.s_addr) >> 24) == 127;
}

std::uint16_t port_of(int fd) {
  SocketAddress bound;
  bound.size = sizeof bound.storage;
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&bound.storage), &bound.size);
  return ntohs(bound.storage.ss_family == AF_INET6
                   ? reinterpret_cast<const sockaddr_in6*>(&bound.storage)->sin6_port
                   : reinterpret_cast<const sockaddr_in*>(&bound.storage)->sin_port);
}

void check(int result, const TcpAddress& address) {
  if (result == 0) return;
  throw std::system_error(errno, std::generic_category(),
                          address.host + ":" + std::to_string(address.port));
}

}  // namespace

TcpAddress parse_tcp_address(const std::string& text) {
  const auto colon = text.rfind(':');
  TcpAddress address{.host = text.substr(0, colon)};
  if (address.host.starts_with('[') && address.host.ends_with(']')) {
    address.host = address.host.substr(1, address.host.size() - 2);
  }
  if (address.host == "localhost") address.host = "127.0.0.1";
  const char* const end = text.data() + text.size();
  const auto [read, wrong] = colon == std::string::npos
                                 ? std::from_chars_result{text.data(), std::errc::invalid_argument}
                                 : std::from_chars(text.data() + colon + 1, end, address.port);
  const SocketAddress made = to_socket_address(address);
  if (wrong != std::errc{} || read != end || made.size == 0) {
    throw std::invalid_argument("'" + text + "' is no address and port, such as 127.0.0.1:8000");
  }
  if (!is_loopback(made)) {
    throw std::invalid_argument(
        "'" + text + "' is reached from other machines; only 127.0.0.1 and [::1] are listened on");
  }
  return address;
}

TcpSocket TcpSocket::listen(const TcpAddress& address) {
  const SocketAddress made = to_socket_address(address);
  util::Fd fd(::socket(made.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  check(fd ? 0 : -1, address);
  constexpr int kOn = 1;
  // After a restart the port is taken at once. Accepted sockets inherit the others: frames go out
  // as they come, and wait here rather than in the kernel.
  ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &kOn, sizeof kOn);
  ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &kOn, sizeof kOn);
  ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &kUnsent, sizeof kUnsent);
  check(::bind(fd.get(), made.get(), made.size), address);
  check(::listen(fd.get(), kBacklog), address);
  const std::uint16_t port = port_of(fd.get());
  return {std::move(fd), port};
}

}  // namespace taskman::net
