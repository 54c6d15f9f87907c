#include "tests/bench/load.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <string_view>

namespace taskman::bench {
namespace {

using Clock = std::chrono::steady_clock;

/// Size of the complete answer at the front of `buffer`, none while it is not all there.
std::optional<std::size_t> answer_size(std::string_view buffer) {
  const auto head = buffer.find("\r\n\r\n");
  if (head == std::string_view::npos) return std::nullopt;
  std::string lower(buffer.substr(0, head));
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  std::size_t length = 0;
  if (const auto at = lower.find("content-length:"); at != std::string::npos) {
    const auto digits = lower.find_first_of("0123456789", at);
    std::from_chars(lower.data() + digits, lower.data() + lower.size(), length);
  }
  if (buffer.size() < head + 4 + length) return std::nullopt;
  return head + 4 + length;
}

void send_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) throw std::runtime_error("the peer broke off while a request was sent");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

struct Connection {
  int fd = -1;
  std::string buffer;
  Clock::time_point sent;
};

class Generator {
 public:
  explicit Generator(const Load& load) : load_(load), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    for (int i = 0; i < load.connections; ++i)
      connections_.push_back({connect_to(load.target), {}, {}});
    latencies_.reserve(static_cast<std::size_t>(load.requests));
  }
  ~Generator() {
    for (const auto& connection : connections_) ::close(connection.fd);
    ::close(epoll_);
  }
  Generator(const Generator&) = delete;
  Generator& operator=(const Generator&) = delete;

  Outcome run() {
    const auto start = Clock::now();
    for (std::size_t i = 0; i < connections_.size(); ++i) {
      epoll_event event{};
      event.events = EPOLLIN;
      event.data.u64 = i;
      ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connections_[i].fd, &event);
      send_next(connections_[i]);
    }
    while (static_cast<int>(latencies_.size()) < load_.requests) turn();
    return outcome(std::chrono::duration<double>(Clock::now() - start).count());
  }

 private:
  void send_next(Connection& connection) {
    if (issued_ == load_.requests) return;
    connection.sent = Clock::now();
    send_all(connection.fd, load_.request(issued_++));
  }

  void turn() {
    std::array<epoll_event, 64> events{};
    const int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 30'000);
    if (ready <= 0) throw std::runtime_error("no answer within 30 s");
    for (int i = 0; i < ready; ++i)
      receive(connections_[events[static_cast<std::size_t>(i)].data.u64]);
  }

  void receive(Connection& connection) {
    std::array<char, 64 * 1024> chunk;
    const auto got = ::recv(connection.fd, chunk.data(), chunk.size(), 0);
    if (got <= 0) throw std::runtime_error("the peer closed a connection");
    connection.buffer.append(chunk.data(), static_cast<std::size_t>(got));
    const auto size = answer_size(connection.buffer);
    if (!size) return;
    const bool good =
        connection.buffer.compare(9, 1, "2") == 0 || connection.buffer.compare(9, 3, "304") == 0;
    if (!good) ++failures_;
    connection.buffer.erase(0, *size);
    latencies_.push_back(
        std::chrono::duration<double, std::milli>(Clock::now() - connection.sent).count());
    send_next(connection);
  }

  Outcome outcome(double seconds) {
    std::ranges::sort(latencies_);
    const auto at = [&](double share) {
      return latencies_[static_cast<std::size_t>(share *
                                                 static_cast<double>(latencies_.size() - 1))];
    };
    return {static_cast<double>(latencies_.size()) / seconds, at(0.5), at(0.99), failures_};
  }

  const Load& load_;
  int epoll_;
  std::vector<Connection> connections_;
  std::vector<double> latencies_;
  int issued_ = 0;
  int failures_ = 0;
};

}  // namespace

Outcome run_load(const Load& load) { return Generator(load).run(); }

std::string json_request(const std::string& method, const std::string& path,
                         const std::string& body, const std::string& headers) {
  std::string request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers;
  if (!body.empty()) {
    request +=
        "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
  }
  return request + "\r\n" + body;
}

std::string exchange(const Target& target, const std::string& request) {
  const int fd = connect_to(target);
  send_all(fd, request);
  std::string buffer;
  std::array<char, 64 * 1024> chunk;
  std::optional<std::size_t> size;
  while (!(size = answer_size(buffer))) {
    const auto got = ::recv(fd, chunk.data(), chunk.size(), 0);
    if (got <= 0) break;
    buffer.append(chunk.data(), static_cast<std::size_t>(got));
  }
  ::close(fd);
  if (!size) throw std::runtime_error("the peer closed before it answered");
  return buffer.substr(buffer.find("\r\n\r\n") + 4);
}

namespace {

/// Priority, label and due date of a task have nothing to do with each other.
std::string task_line(int number) {
  std::uint32_t mixed = static_cast<std::uint32_t>(number) * 2654435761U;
  const auto draw = [&](std::uint32_t sides) {
    mixed = mixed * 1664525U + 1013904223U;
    return std::to_string((mixed >> 16) % sides);
  };
  std::string line = R"({"title":"Task number )" + std::to_string(number) + R"(","points":3)";
  line += R"(,"priority":"p)" + draw(4) + R"(","labels":["l)" + draw(50) + "\"]";
  if (draw(3) == "0") line += R"(,"due":"2031-05-1)" + draw(10) + '"';
  return line + "}\n";
}

}  // namespace

void add_tasks(const Target& target, int count) {
  constexpr int kPart = 10'000;
  for (int first = 0; first < count; first += kPart) {
    std::string lines;
    const int part = std::min(kPart, count - first);
    for (int i = first; i < first + part; ++i) lines += task_line(i);
    const std::string answer = exchange(
        target,
        "POST /api/v1/import HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n"
        "Content-Length: " +
            std::to_string(lines.size()) + "\r\n\r\n" + lines);
    if (answer.find("\"created\":" + std::to_string(part)) == std::string::npos)
      throw std::runtime_error("the import failed: " + answer.substr(0, 300));
  }
}

}  // namespace taskman::bench
