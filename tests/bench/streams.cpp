#include "streams.hpp"

#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace taskman::bench {
namespace {

long number_in(const std::filesystem::path& file, const std::string& name) {
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(name + ":")) return std::stol(line.substr(name.size() + 1));
  }
  return 0;
}

}  // namespace

Streams::Streams(const Target& target, std::size_t count, const std::string& request)
    : streams_(count), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
  for (Stream& stream : streams_) {
    stream.fd = connect_to(target);
    if (!request.empty() && ::send(stream.fd, request.data(), request.size(), MSG_NOSIGNAL) < 0) {
      throw std::runtime_error("cannot send the request of a stream");
    }
    epoll_event event{.events = EPOLLIN, .data = {.ptr = &stream}};
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, stream.fd, &event);
  }
}

Streams::~Streams() {
  for (const Stream& stream : streams_) ::close(stream.fd);
  ::close(epoll_);
}

std::vector<double> Streams::read_blocks(std::size_t blocks, Instant start) {
  std::vector<double> times;
  times.reserve(streams_.size());
  std::array<epoll_event, 512> events{};
  while (times.size() < streams_.size()) {
    const int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 30'000);
    if (ready <= 0) throw std::runtime_error("streams stand still");
    for (int i = 0; i < ready; ++i) {
      Stream& stream = *static_cast<Stream*>(events[static_cast<std::size_t>(i)].data.ptr);
      const bool had = stream.blocks >= blocks;
      drain(stream);
      if (had || stream.blocks < blocks) continue;
      times.push_back(
          std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
              .count());
    }
  }
  for (Stream& stream : streams_) stream.blocks -= blocks;
  return times;
}

void Streams::read_for(std::chrono::seconds time) {
  std::array<epoll_event, 512> events{};
  const auto until = std::chrono::steady_clock::now() + time;
  for (std::chrono::milliseconds left = time; left.count() > 0;) {
    const int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()),
                                   static_cast<int>(left.count()));
    for (int i = 0; i < ready; ++i)
      drain(*static_cast<Stream*>(events[static_cast<std::size_t>(i)].data.ptr));
    left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
  }
}

void Streams::drain(Stream& stream) {
  std::array<char, 8192> bytes;
  const ssize_t got = ::recv(stream.fd, bytes.data(), bytes.size(), MSG_DONTWAIT);
  if (got == 0) throw std::runtime_error("a stream was closed");
  for (ssize_t i = 0; i < got; ++i) look_at(stream, bytes[static_cast<std::size_t>(i)]);
}

void Streams::look_at(Stream& stream, char byte) {
  const char last = std::exchange(stream.last, byte);
  if (byte != '\n') {
    if (stream.first == 0) stream.first = byte;
    return;
  }
  if (last != '\n') {
    ++stream.lines;
    return;
  }
  const bool is_heartbeat = stream.lines == 1 && stream.first == 'i';  // only an `id:`
  if (!is_heartbeat) ++stream.blocks;
  stream.first = 0;
  stream.lines = 0;
}

double cpu_seconds(pid_t pid) {
  clockid_t clock{};
  timespec time{};
  if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return 0;
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

long status_number(pid_t pid, const std::string& name) {
  return number_in("/proc/" + std::to_string(pid) + "/status", name);
}

long context_switches(pid_t pid) {
  long sum = 0;
  for (const auto& thread :
       std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/task")) {
    sum += number_in(thread.path() / "status", "voluntary_ctxt_switches");
  }
  return sum;
}

double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  return values[std::min(values.size() - 1,
                         static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

void raise_descriptor_limit() {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
}

}  // namespace taskman::bench
