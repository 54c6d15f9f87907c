// One commit to many readers: Server-Sent Events of the daemon against a bare loop of send() over
// as many sockets.
//   fanout_bench [streams…]     1000 and 9000 unless told otherwise

#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstring>
#include <numeric>
#include <stdexcept>

#include "load.hpp"
#include "program.hpp"
#include "row.hpp"
#include "streams.hpp"

namespace {

using namespace taskman::bench;
using Steady = std::chrono::steady_clock;

struct FanOut {
  double cpu_us = 0;  ///< of the sender, a delivery
  double p50_ms = 0;
  double p99_ms = 0;
};

int rounds_for(std::size_t streams) {
  return static_cast<int>(std::max<std::size_t>(5, 50'000 / streams));
}

/// `send_one` makes the sender send one block to all.
/// `aside`: CPU seconds that one sending costs the sender besides (the commit behind it).
template <typename Send>
FanOut measure(Streams& streams, pid_t sender, const Send& send_one, double aside = 0) {
  std::vector<double> times;
  const int rounds = rounds_for(streams.count());
  for (int i = 0; i < 3; ++i) {
    const auto start = Steady::now();
    send_one();
    streams.read_blocks(1, start);
  }
  const double before = cpu_seconds(sender);
  for (int i = 0; i < rounds; ++i) {
    const auto start = Steady::now();
    send_one();
    const auto some = streams.read_blocks(1, start);
    times.insert(times.end(), some.begin(), some.end());
  }
  const double cpu = cpu_seconds(sender) - before - aside * rounds;
  return {.cpu_us = cpu * 1e6 / static_cast<double>(times.size()),
          .p50_ms = percentile(times, 0.5),
          .p99_ms = percentile(times, 0.99)};
}

/// The floor: accepts `count` connections, then sends `block` to each whenever a byte comes on
/// `control`.
[[noreturn]] void run_floor(int listener, int control, std::size_t count,
                            const std::string& block) {
  std::vector<int> sockets;
  while (sockets.size() < count)
    sockets.push_back(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC));
  char byte = 0;
  while (::read(control, &byte, 1) == 1) {
    for (const int fd : sockets)
      ::send(fd, block.data(), block.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  }
  ::_exit(0);
}

FanOut floor(const Folder& folder, std::size_t count, const std::string& block) {
  const std::string path = folder / "floor.sock";
  ::unlink(path.c_str());
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int control[2] = {-1, -1};
  if (::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener, 1024) != 0 || ::pipe(control) != 0) {
    throw std::runtime_error("cannot make the floor's socket");
  }
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(control[1]);
    run_floor(listener, control[0], count, block);
  }
  ::close(listener);
  ::close(control[0]);
  Streams streams(path, count, "");
  const FanOut result = measure(streams, child, [&] {
    if (::write(control[1], "x", 1) != 1) throw std::runtime_error("the floor is gone");
  });
  ::close(control[1]);
  ::kill(child, SIGTERM);
  ::waitpid(child, nullptr, 0);
  return result;
}

const std::string kStreamRequest =
    "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";

/// About what a `task done` sends.
std::string usual_block() {
  return "id: 184234-09ad51c2e0f7b6aa\nevent: change\ndata: " + std::string(420, 'x') + "\n\n";
}

/// CPU seconds of `sender` for one of `work`, without a reader.
template <typename Work>
double cost_of(pid_t sender, const Work& work) {
  constexpr int kTimes = 100;
  work();
  const double before = cpu_seconds(sender);
  for (int i = 0; i < kTimes; ++i) work();
  return (cpu_seconds(sender) - before) / kTimes;
}

void compare(std::size_t count) {
  const Folder folder;
  const FanOut bare = floor(folder, count, usual_block());
  const Daemon daemon(folder);
  const Target target{.unix_path = daemon.socket()};
  exchange(target, json_request("POST", "/api/v1/tasks", R"({"title":"t"})"));
  const long idle = status_number(daemon.pid(), "VmRSS");
  int points = 0;
  const auto commit = [&] {
    const std::string body = R"({"points":)" + std::to_string(++points % 1000) + "}";
    exchange(target, json_request("PATCH", "/api/v1/tasks/1", body));
  };
  const double commit_seconds = cost_of(daemon.pid(), commit);
  Streams streams(daemon.socket(), count, kStreamRequest);
  streams.read_blocks(1, Steady::now());  // hello
  const long with_streams = status_number(daemon.pid(), "VmRSS");
  const FanOut result = measure(streams, daemon.pid(), commit, commit_seconds);
  const double ratio = result.cpu_us / bare.cpu_us;
  const std::string streams_text = with_unit(static_cast<double>(count), " streams", 0);
  print({.what = "a commit to " + streams_text + ", CPU a delivery",
         .figure = with_unit(result.cpu_us, " µs") + ", p99 " + with_unit(result.p99_ms, " ms", 1),
         .beside = "a loop of send() " + with_unit(bare.cpu_us, " µs") + ", p99 " +
                   with_unit(bare.p99_ms, " ms", 1),
         .ratio = with_unit(ratio, " ×"),
         .target = "≤ 1.3 ×",
         .met = ratio <= 1.3});
  const double mib = static_cast<double>(with_streams) / 1024;
  print({.what = "resident memory with " + streams_text,
         .figure = with_unit(mib, " MiB", 1),
         .beside = "without " + with_unit(static_cast<double>(idle) / 1024, " MiB", 1),
         .ratio = "",
         .target = "≤ 40 MiB",
         .met = mib <= 40});
}

}  // namespace

int main(int argc, char** argv) try {
  raise_descriptor_limit();
  std::vector<std::size_t> counts;
  for (int i = 1; i < argc; ++i) counts.push_back(std::stoul(argv[i]));
  if (counts.empty()) counts = {1000, 9000};
  for (const std::size_t count : counts) compare(count);
  return 0;
} catch (const std::exception& failure) {
  std::fprintf(stderr, "fanout_bench: %s\n", failure.what());
  return 1;
}
