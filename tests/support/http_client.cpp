#include "support/http_client.hpp"

#include <netinet/in.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>

namespace taskman::test {
namespace {

[[noreturn]] void fail(const std::string& what) {
  throw std::runtime_error("http client: " + what);
}

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && ::strncasecmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

std::string HttpReply::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (same_name(key, name)) return value;
  }
  return {};
}

HttpReply parse_head(std::string_view head) {
  HttpReply reply;
  while (!head.empty()) {
    const auto end = std::min(head.find('\n'), head.size());
    std::string line(head.substr(0, end));
    head.remove_prefix(std::min(end + 1, head.size()));
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty()) break;
    if (reply.status == 0) {
      if (!line.starts_with("HTTP/1.1 ") || line.size() < 12) fail("no status line: " + line);
      reply.status = std::stoi(line.substr(9, 3));
      continue;
    }
    const auto colon = line.find(':');
    if (colon == std::string::npos) fail("no header: " + line);
    const auto value = line.find_first_not_of(' ', colon + 1);
    reply.headers.emplace_back(line.substr(0, colon),
                               value == std::string::npos ? "" : line.substr(value));
  }
  if (reply.status == 0) fail("an empty head");
  return reply;
}

HttpClient::HttpClient(const std::filesystem::path& socket)
    : fd_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket.native().size() >= sizeof address.sun_path) fail("socket path too long");
  std::memcpy(address.sun_path, socket.c_str(), socket.native().size());
  if (::connect(fd_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::system_error(errno, std::generic_category(), "connect " + socket.string());
  }
}

HttpClient::HttpClient(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(fd_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::system_error(errno, std::generic_category(),
                            "connect to port " + std::to_string(port));
  }
}

HttpReply HttpClient::request(const HttpRequest& request, std::chrono::milliseconds deadline) {
  std::string text = request.method + " " + request.target + " HTTP/1.1\r\nHost: localhost\r\n";
  for (const auto& [name, value] : request.headers) text += name + ": " + value + "\r\n";
  if (!request.body.empty() || request.method != "GET") {
    text += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
  }
  send(text + "\r\n" + request.body);
  return read_reply(deadline);
}

void HttpClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (put < 0) throw std::system_error(errno, std::generic_category(), "send");
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
}

void HttpClient::half_close() { ::shutdown(fd_.get(), SHUT_WR); }

/// Waits for more bytes; false at the end of the stream.
bool HttpClient::fill(std::chrono::milliseconds deadline) {
  pollfd watched{fd_.get(), POLLIN, 0};
  if (::poll(&watched, 1, static_cast<int>(deadline.count())) == 0) {
    fail("nothing came in time; have: " + buffer_);
  }
  char bytes[65536];
  const ssize_t got = ::recv(fd_.get(), bytes, sizeof bytes, 0);
  if (got < 0) throw std::system_error(errno, std::generic_category(), "recv");
  buffer_.append(bytes, static_cast<std::size_t>(got));
  return got > 0;
}

std::string HttpClient::take(std::size_t count) {
  std::string result = buffer_.substr(0, count);
  buffer_.erase(0, count);
  return result;
}

std::string HttpClient::read_line(std::chrono::milliseconds deadline) {
  std::size_t end = 0;
  while ((end = buffer_.find('\n')) == std::string::npos) {
    if (!fill(deadline)) fail("the stream ended inside a line: " + buffer_);
  }
  std::string line = take(end + 1);
  line.pop_back();
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

std::string HttpClient::read_exactly(std::size_t count, std::chrono::milliseconds deadline) {
  while (buffer_.size() < count) {
    if (!fill(deadline)) fail("the stream ended early: " + buffer_);
  }
  return take(count);
}

std::string HttpClient::read_to_end(std::chrono::milliseconds deadline) {
  while (fill(deadline)) {
  }
  return take(buffer_.size());
}

HttpReply HttpClient::read_head(std::chrono::milliseconds deadline) {
  std::string head;
  for (std::string line = read_line(deadline); !line.empty(); line = read_line(deadline)) {
    head += line + '\n';
  }
  return parse_head(head);
}

HttpReply HttpClient::read_reply(std::chrono::milliseconds deadline) {
  HttpReply reply = read_head(deadline);
  if (reply.status == 204 || reply.status == 304) return reply;
  if (const std::string length = reply.header("Content-Length"); !length.empty()) {
    reply.body = read_exactly(std::stoul(length), deadline);
  } else if (same_name(reply.header("Transfer-Encoding"), "chunked")) {
    read_chunks(reply.body, deadline);
  } else {
    reply.body = read_to_end(deadline);
  }
  return reply;
}

void HttpClient::read_chunks(std::string& into, std::chrono::milliseconds deadline) {
  while (true) {
    const std::size_t size = std::stoul(read_line(deadline), nullptr, 16);
    into += read_exactly(size, deadline);
    read_line(deadline);
    if (size == 0) return;
  }
}

HttpReply http(const std::filesystem::path& socket, const HttpRequest& request) {
  return HttpClient(socket).request(request);
}

}  // namespace taskman::test
