// From a commit to the one who watches: the frame on a stream, the line `taskman watch --json`
// prints, and the answer of a long poll.
//   watch_bench [commits]

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <thread>

#include "load.hpp"
#include "program.hpp"
#include "row.hpp"
#include "streams.hpp"

namespace {

using namespace taskman::bench;
using Steady = std::chrono::steady_clock;

double ms_since(Steady::time_point start) {
  return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

/// A descriptor that is written to once for every commit.
struct Watcher {
  int fd = -1;
  std::string end;  ///< of what one commit makes it say
};

void read_until(const Watcher& watcher, std::string& buffer) {
  while (buffer.find(watcher.end) == std::string::npos) {
    pollfd waiting{watcher.fd, POLLIN, 0};
    char bytes[4096];
    if (::poll(&waiting, 1, 10'000) <= 0)
      throw std::runtime_error("nothing came; so far: " + buffer);
    const ssize_t got = ::read(watcher.fd, bytes, sizeof bytes);
    if (got <= 0) throw std::runtime_error("the watcher ended: " + buffer);
    buffer.append(bytes, static_cast<std::size_t>(got));
  }
  buffer.erase(0, buffer.find(watcher.end) + watcher.end.size());
}

struct Times {
  std::vector<double> answered;  ///< request to the writer's answer
  std::vector<double> seen;      ///< request to the watcher's frame
  std::vector<double> behind;    ///< the answer, or the frame when it is later, minus the answer
};

std::string patch(int number) {
  return json_request("PATCH", "/api/v1/tasks/1",
                      R"({"points":)" + std::to_string(number % 1000) + "}");
}

int connect_to(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("cannot connect to " + path);
  }
  return fd;
}

/// The writer waits for its answer on its own thread, so that neither end waits for the other.
Times measure(const std::string& socket, const Watcher& watcher, int commits, int first = 1) {
  Times times;
  std::string buffer;
  const int writer = connect_to(socket);
  for (int i = 0; i < commits; ++i) {
    const std::string request = patch(first + i);
    const auto start = Steady::now();
    double answered = 0;
    std::thread answer([&] {
      char bytes[4096];
      if (::recv(writer, bytes, sizeof bytes, 0) > 0) answered = ms_since(start);
    });
    if (::send(writer, request.data(), request.size(), MSG_NOSIGNAL) < 0)
      throw std::runtime_error("the writer is gone");
    read_until(watcher, buffer);
    const double seen = ms_since(start);
    answer.join();
    times.answered.push_back(answered);
    times.seen.push_back(seen);
    times.behind.push_back(std::max(0.0, seen - answered));
  }
  ::close(writer);
  return times;
}

std::string cursor_in(const std::string& answer) {
  constexpr std::string_view kKey = R"("cursor":")";
  const auto at = answer.find(kKey);
  if (at == std::string::npos) throw std::runtime_error("no cursor in: " + answer);
  const auto begin = at + kKey.size();
  return answer.substr(begin, answer.find('"', begin) - begin);
}

/// Each poll waits before the commit that answers it is asked for.
Times measure_long_polls(const std::string& socket, const Target& target, int commits) {
  Times times;
  for (int i = 0; i < commits; ++i) {
    const auto cursor = cursor_in(exchange(target, json_request("GET", "/events?latest=1", "")));
    const int poll = connect_to(socket);
    const std::string request = json_request("GET", "/events?wait=30&since=" + cursor, "");
    ::send(poll, request.data(), request.size(), MSG_NOSIGNAL);
    wait_until("the long poll waits", [&] {
      return exchange(target, json_request("GET", "/metrics", ""))
                 .find("taskman_feed_parked_polls 1\n") != std::string::npos;
    });
    const Times once = measure(socket, {.fd = poll, .end = R"("more":false})"}, 1, i + 1);
    times.seen.push_back(once.seen.front());
    times.behind.push_back(once.behind.front());
    ::close(poll);
  }
  return times;
}

struct Watch {
  explicit Watch(const std::string& socket) {
    int ends[2] = {-1, -1};
    if (::pipe(ends) != 0) throw std::runtime_error("pipe");
    pid = ::fork();
    if (pid == 0) {
      ::dup2(ends[1], STDOUT_FILENO);
      ::close(ends[0]);
      ::setenv("TASKMAN_URL", ("unix:" + socket).c_str(), 1);
      const std::string program = program_path("taskman");
      ::execl(program.c_str(), "taskman", "watch", "--json", static_cast<char*>(nullptr));
      ::_exit(127);
    }
    ::close(ends[1]);
    fd = ends[0];
  }
  ~Watch() {
    ::kill(pid, SIGTERM);
    ::waitpid(pid, nullptr, 0);
    ::close(fd);
  }
  pid_t pid = -1;
  int fd = -1;
};

}  // namespace

int main(int argc, char** argv) try {
  const int commits = argc > 1 ? std::stoi(argv[1]) : 1000;
  const Folder folder;
  const Daemon daemon(folder);
  const Target target{.unix_path = daemon.socket()};
  exchange(target, json_request("POST", "/api/v1/tasks", R"({"title":"t"})"));
  const int stream = connect_to(daemon.socket());
  const std::string request =
      "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n";
  ::send(stream, request.data(), request.size(), MSG_NOSIGNAL);
  std::string buffer;
  read_until({.fd = stream, .end = "event: hello"}, buffer);
  read_until({.fd = stream, .end = "\n\n"}, buffer);
  const Times bare = measure(daemon.socket(), {.fd = stream, .end = "\n\n"}, commits);
  ::close(stream);

  const Watch watch(daemon.socket());
  wait_until("taskman watch is connected", [&] {
    return exchange(target, json_request("GET", "/metrics", ""))
               .find("taskman_feed_subscriptions 1\n") != std::string::npos;
  });
  const Times watched = measure(daemon.socket(), {.fd = watch.fd, .end = "\n"}, commits);
  const Times polled = measure_long_polls(daemon.socket(), target, commits / 5);
  const double p99 = percentile(watched.behind, 0.99);
  const double floor = percentile(bare.behind, 0.99);
  print({.what = "commit → line of `taskman watch --json`, p99, after the writer has its answer",
         .figure = with_unit(p99, " ms", 3) + " (p50 " +
                   with_unit(percentile(watched.behind, 0.5), " ms", 3) + ")",
         .beside = "the frame on a bare socket " + with_unit(floor, " ms", 3),
         .ratio = floor > 0 ? with_unit(p99 / floor, " ×") : "",
         .target = "≤ 1 ms",
         .met = p99 <= 1});
  const double waited = percentile(polled.behind, 0.99);
  print({.what = "long poll: commit → answer, p99, after the writer has its own",
         .figure = with_unit(waited, " ms", 3) + " (p50 " +
                   with_unit(percentile(polled.behind, 0.5), " ms", 3) +
                   "; from the writer's request on p99 " +
                   with_unit(percentile(polled.seen, 0.99), " ms", 3) + ")",
         .beside = "the frame on a bare socket " + with_unit(floor, " ms", 3),
         .ratio = floor > 0 ? with_unit(waited / floor, " ×") : "",
         .target = "≤ 20 ms",
         .met = waited <= 20});
  std::printf(
      "request to answer p50 %.3f ms, p99 %.3f ms; request to line p50 %.3f ms, p99 %.3f ms\n",
      percentile(watched.answered, 0.5), percentile(watched.answered, 0.99),
      percentile(watched.seen, 0.5), percentile(watched.seen, 0.99));
  return 0;
} catch (const std::exception& failure) {
  std::fprintf(stderr, "watch_bench: %s\n", failure.what());
  return 1;
}
