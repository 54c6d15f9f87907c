#include "cli/client/connection.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/paths.hpp"

namespace taskman::client {
namespace {

constexpr std::size_t kMaxHead = 64 * 1024;
constexpr std::size_t kMaxLine = 256 * 1024 * 1024;  // a frame is a whole transaction

error::Error foreign(const std::string& socket) {
  return {error::Code::kUnreachable, "something else than taskmand answers on " + socket,
          "see where that comes from: taskman where; or choose another socket with TASKMAN_SOCKET"};
}

void wait_for(int fd, short events, const Deadline& deadline) {
  std::array<pollfd, 2> waiting{{{fd, events, 0}, deadline.end()}};
  for (;;) {
    const int ready = ::poll(waiting.data(), waiting.size(), deadline.poll_timeout());
    if (ready > 0 && waiting[0].revents != 0) return;
    if (ready >= 0) throw OutOfTime{};
    if (errno != EINTR) throw ConnectionLost{std::strerror(errno)};
  }
}

/// A line end in a value would make another request out of what stands behind it.
void refuse_control(std::string_view name, std::string_view value) {
  if (!util::find_control(value)) return;
  throw error::Error(error::Code::kInvalidValue,
                     std::string(name) + " contains a control character", {});
}

std::string head_of(const HttpRequest& request) {
  std::string head;
  head.reserve(512);
  head.append(request.method)
      .append(" ")
      .append(request.target)
      .append(" HTTP/1.1\r\nHost: localhost\r\n");
  for (const auto& [name, value] : request.headers) {
    refuse_control(name, value);
    head.append(name).append(": ").append(value).append("\r\n");
  }
  if (!request.body.empty() || request.method != "GET") {
    head.append("Content-Length: ").append(std::to_string(request.body.size())).append("\r\n");
  }
  return head.append("\r\n");
}

/// Without a status line of HTTP/1.1 it has no headers.
HttpAnswer parse_head(std::string_view head) {
  HttpAnswer answer;
  const auto line_end = head.find("\r\n");
  const auto status = head.substr(0, line_end);
  if (!status.starts_with("HTTP/1.1 ") || status.size() < 12) return answer;
  std::from_chars(status.data() + 9, status.data() + 12, answer.status);
  head.remove_prefix(std::min(line_end, head.size() - 2) + 2);
  while (!head.empty()) {
    const auto end = std::min(head.find("\r\n"), head.size());
    const auto line = head.substr(0, end);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) throw ConnectionLost{"a header without a colon"};
    answer.headers.emplace_back(util::to_lower(line.substr(0, colon)),
                                util::trim(line.substr(colon + 1)));
    head.remove_prefix(std::min(end + 2, head.size()));
  }
  return answer;
}

std::size_t body_size(const HttpAnswer& answer) {
  if (answer.status == 204 || answer.status == 304) return 0;
  const auto length = util::parse_integer(answer.header("content-length"));
  if (!length || *length < 0) throw ConnectionLost{"an answer without a length"};
  return static_cast<std::size_t>(*length);
}

}  // namespace

std::string_view HttpAnswer::header(std::string_view name) const {
  const auto found = std::ranges::find(headers, name, &std::pair<std::string, std::string>::first);
  return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

std::optional<Connection> Connection::open(const std::string& path, const Deadline& deadline) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    errno = ENAMETOOLONG;
    return std::nullopt;
  }
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  util::Fd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!fd) return std::nullopt;
  // A full backlog is EAGAIN on a Unix socket, and no event tells when there is room: ask again
  // shortly.
  while (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    if ((errno != EAGAIN && errno != EINTR) || deadline.passed()) return std::nullopt;
    ::poll(nullptr, 0, 2);
  }
  return Connection(std::move(fd), path);
}

void Connection::send(const HttpRequest& request, const Deadline& deadline) {
  const std::string bytes = head_of(request) + request.body;
  std::string_view left = bytes;
  while (!left.empty()) {
    const auto sent = ::send(fd_.get(), left.data(), left.size(), MSG_NOSIGNAL);
    if (sent > 0) {
      left.remove_prefix(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN) {
      // The daemon may refuse a large body before all of it was sent: its answer is worth reading.
      wait_for(fd_.get(), POLLOUT | POLLIN, deadline);
      pollfd state{fd_.get(), POLLIN, 0};
      if (::poll(&state, 1, 0) > 0) return;
    } else if (errno == EPIPE || errno == ECONNRESET) {
      return;  // reading tells why
    } else if (errno != EINTR) {
      throw ConnectionLost{std::strerror(errno)};
    }
  }
}

bool Connection::fill_at_once() {
  if (read_ > 0 && read_ == buffer_.size()) {
    buffer_.clear();
    read_ = 0;
  }
  std::array<char, 64 * 1024> chunk;
  const auto got = ::recv(fd_.get(), chunk.data(), chunk.size(), 0);
  if (got > 0) {
    buffer_.append(chunk.data(), static_cast<std::size_t>(got));
    return true;
  }
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return false;
  throw ConnectionLost{got == 0 ? "the daemon closed the connection" : std::strerror(errno)};
}

void Connection::fill(const Deadline& deadline) {
  while (!fill_at_once()) wait_for(fd_.get(), POLLIN, deadline);
}

HttpAnswer Connection::read_head(const Deadline& deadline) {
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n", read_)) == std::string::npos) {
    if (buffer_.size() - read_ > kMaxHead)
      throw ConnectionLost{"the head of the answer has no end"};
    fill(deadline);
  }
  HttpAnswer answer = parse_head(std::string_view(buffer_).substr(read_, end - read_));
  read_ = end + 4;
  // taskmand tells its version with every answer, a refusal too.
  if (answer.header(util::to_lower(wire::kVersionHeader)).empty()) throw foreign(socket_);
  return answer;
}

HttpAnswer Connection::read_answer(const Deadline& deadline) {
  HttpAnswer answer = read_head(deadline);
  read_body(answer, deadline);
  return answer;
}

void Connection::read_body(HttpAnswer& answer, const Deadline& deadline) {
  const auto size = body_size(answer);
  answer.body.assign(buffer_, read_, size);
  read_ += answer.body.size();
  while (answer.body.size() < size) {
    fill(deadline);
    const auto wanted = size - answer.body.size();
    const auto before = answer.body.size();
    answer.body.append(buffer_, read_, wanted);
    read_ += answer.body.size() - before;
  }
}

void Connection::take_bytes(std::string& into) {
  if (read_ == buffer_.size()) fill_at_once();
  into.append(buffer_, read_);
  buffer_.clear();
  read_ = 0;
}

void Connection::send_at_once(std::string_view bytes) {
  ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

std::optional<std::string> Connection::next_line() {
  for (;;) {
    const auto end = buffer_.find('\n', read_);
    if (end != std::string::npos) {
      std::string line = buffer_.substr(read_, end - read_);
      read_ = end + 1;
      if (line.ends_with('\r')) line.pop_back();
      return line;
    }
    if (buffer_.size() - read_ > kMaxLine) throw ConnectionLost{"a line of the stream has no end"};
    buffer_.erase(0, read_);
    read_ = 0;
    if (!fill_at_once()) return std::nullopt;
  }
}

}  // namespace taskman::client
