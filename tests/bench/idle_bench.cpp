// What the daemon costs when nothing happens, and when readers only ask whether something did.
//   idle_bench [seconds]

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
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

struct Idle {
  long switches = 0;
  double cpu_ms = 0;
};

Idle so_far(pid_t pid) {
  return {.switches = context_switches(pid), .cpu_ms = cpu_seconds(pid) * 1000};
}

Idle operator-(const Idle& after, const Idle& before) {
  return {.switches = after.switches - before.switches, .cpu_ms = after.cpu_ms - before.cpu_ms};
}

void print_idle(const Idle& idle, std::chrono::seconds time) {
  print({.what = "idle daemon, " + std::to_string(time.count()) + " s",
         .figure =
             std::to_string(idle.switches) + " wake-ups, " + with_unit(idle.cpu_ms, " ms of CPU"),
         .beside = "",
         .ratio = "",
         .target = "none but its next timer",
         .met = idle.switches <= 1});
}

void print_idle_with_streams(const Idle& idle, std::chrono::seconds time) {
  const double percent = idle.cpu_ms / static_cast<double>(time.count()) / 10;
  print({.what = "idle daemon with 1,000 streams, half of them by TCP, " +
                 std::to_string(time.count()) + " s",
         .figure = with_unit(percent, " % of a core", 3) + ", " + std::to_string(idle.switches) +
                   " wake-ups",
         .beside = "",
         .ratio = "",
         .target = "< 0.1 %",
         .met = percent < 0.1});
}

/// Two daemons in the same time: one alone, one whose readers are sent nothing but heartbeats.
void idle(const Daemon& alone, std::chrono::seconds time) {
  const Folder folder;
  const Target tcp{.port = free_port()};
  const Daemon read(folder, {"--listen", "127.0.0.1:" + std::to_string(tcp.port)});
  const Target local{.unix_path = read.socket()};
  Streams by_tcp(tcp, 500, stream_request(read, tcp));
  Streams by_unix(local, 500, stream_request(read, local));
  // Workers linger, and the last commit is checkpointed: wait for that first.
  std::this_thread::sleep_for(std::chrono::seconds(25));
  const Idle alone_before = so_far(alone.pid());
  const Idle read_before = so_far(read.pid());
  std::thread other([&] { by_unix.read_for(time); });
  by_tcp.read_for(time);
  other.join();
  print_idle(so_far(alone.pid()) - alone_before, time);
  print_idle_with_streams(so_far(read.pid()) - read_before, time);
}

double metric(const Target& target, const std::string& name) {
  const std::string text = exchange(target, json_request("GET", "/metrics", ""));
  const auto at = text.find("\n" + name + " ");
  return at == std::string::npos ? 0 : std::stod(text.substr(at + name.size() + 2));
}

/// The floor: reads what came on any of `count` connections and sends the same bytes each time.
[[noreturn]] void run_floor(int listener, int count, const std::string& answer) {
  const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
  for (int i = 0; i < count; ++i) {
    const int fd = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
    epoll_event event{.events = EPOLLIN, .data = {.fd = fd}};
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
  }
  std::array<epoll_event, 64> events{};
  std::array<char, 4096> bytes{};
  for (;;) {
    const int ready = ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), -1);
    for (int i = 0; i < ready; ++i) {
      const int fd = events[static_cast<std::size_t>(i)].data.fd;
      if (::recv(fd, bytes.data(), bytes.size(), 0) <= 0) ::_exit(0);
      ::send(fd, answer.data(), answer.size(), MSG_NOSIGNAL);
    }
  }
}

class Floor {
 public:
  Floor(const std::string& path, int connections, const std::string& answer)
      : target_{.unix_path = path} {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listener, 64) != 0) {
      throw std::runtime_error("cannot listen on " + path);
    }
    pid_ = ::fork();
    if (pid_ == 0) run_floor(listener, connections, answer);
    ::close(listener);
  }
  ~Floor() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  Floor(const Floor&) = delete;
  Floor& operator=(const Floor&) = delete;
  const Target& target() const { return target_; }
  pid_t pid() const { return pid_; }

 private:
  Target target_;
  pid_t pid_ = -1;
};

constexpr int kConnections = 8;

/// Requests a second of CPU time of `server`.
double per_core(const Target& target, pid_t server, const std::string& request) {
  constexpr int kPolls = 20'000;
  const double cpu = cpu_seconds(server);
  const Outcome outcome = run_load(
      {.target = target, .connections = kConnections, .requests = kPolls, .request = [&](int) {
         return request;
       }});
  if (outcome.failures > 0) throw std::runtime_error("polls failed");
  return kPolls / (cpu_seconds(server) - cpu);
}

void polls(const Folder& folder, const Target& target, pid_t daemon) {
  const std::string head = exchange(target, json_request("GET", "/api/v1/events?limit=1", ""));
  const auto at = head.rfind("\"cursor\":\"");
  if (at == std::string::npos) throw std::runtime_error("no cursor in: " + head);
  const std::string cursor = head.substr(at + 10, head.find('"', at + 10) - at - 10);
  const std::string request = json_request("GET", "/api/v1/events?since=" + cursor, "",
                                           "If-None-Match: \"" + cursor + "\"\r\n");
  const std::string answer = "HTTP/1.1 304 Not Modified\r\nETag: \"" + cursor + "\"\r\n" +
                             "Date: Wed, 25 Nov 2026 22:16:10 GMT\r\n\r\n";
  std::vector<double> ours;
  std::vector<double> floor;
  const double statements = metric(target, "taskman_store_statements_total");
  for (int round = 0; round < 7; ++round) {
    ours.push_back(per_core(target, daemon, request));
    const Floor bare(folder / ("floor" + std::to_string(round)), kConnections, answer);
    floor.push_back(per_core(bare.target(), bare.pid(), request));
  }
  const double sql = metric(target, "taskman_store_statements_total") - statements;
  print({.what = "idle polls (304), a core of the daemon",
         .figure = with_unit(median(ours), "/s", 0) + ", " + with_unit(sql, " SQL statements", 0),
         .beside = "a loop of recv and send " + with_unit(median(floor), "/s", 0),
         .ratio = with_unit(median_ratio(ours, floor), " ×"),
         .target = "≥ 40,000/s, no SQL",
         .met = median(ours) >= 40'000 && sql == 0});
}

void print_memory(const char* when, pid_t daemon) {
  const double mib = static_cast<double>(status_number(daemon, "VmRSS")) / 1024;
  const double own = static_cast<double>(status_number(daemon, "RssAnon")) / 1024;
  print({.what = std::string("resident memory, ") + when,
         .figure = with_unit(mib, " MiB", 1),
         .beside = "its own pages " + with_unit(own, " MiB", 1),
         .ratio = "",
         .target = "≤ 15 MiB",
         .met = mib <= 15});
}

}  // namespace

int main(int argc, char** argv) try {
  const std::chrono::seconds time(argc > 1 ? std::stoi(argv[1]) : 60);
  raise_descriptor_limit();
  const Folder folder;
  const Daemon daemon(folder);
  const Target target{.unix_path = daemon.socket()};
  exchange(target, json_request("POST", "/api/v1/tasks", R"({"title":"t"})"));
  print_memory("after the first task", daemon.pid());
  idle(daemon, time);
  print_memory("idle", daemon.pid());
  polls(folder, target, daemon.pid());
  return 0;
} catch (const std::exception& failure) {
  std::fprintf(stderr, "idle_bench: %s\n", failure.what());
  return 1;
}
