// One commit to many readers: Server-Sent Events of the daemon against a bare loop of send() over
// as many sockets, and against nginx with nchan, by TCP and by a Unix socket.
//   fanout_bench [streams…]     1000 and 9000 unless told otherwise

#include <algorithm>
#include <cstdio>
#include <functional>
#include <optional>
#include <stdexcept>

#include "load.hpp"
#include "nchan.hpp"
#include "program.hpp"
#include "row.hpp"
#include "send_loop.hpp"
#include "streams.hpp"

namespace {

using namespace taskman::bench;
using Steady = std::chrono::steady_clock;

enum class Way { kTcp, kUnix };

/// Who sends one block to all, and what a reader says to be one of them.
struct Sender {
  Target target;
  pid_t pid = 0;
  std::string request;
  std::function<void()> send;
  double aside = 0;  ///< CPU seconds of one sending besides (the commit behind it)
};

struct FanOut {
  double cpu_us = 0;  ///< of the sender, a delivery
  double p99_ms = 0;
  double stream_kib = 0;  ///< resident memory of the sender, a stream
  double mib = 0;         ///< in all
};

int rounds_for(std::size_t streams) {
  return static_cast<int>(std::max<std::size_t>(5, 50'000 / streams));
}

FanOut measure(const Sender& sender, std::size_t count) {
  const long without = status_number(sender.pid, "VmRSS");
  Streams streams(sender.target, count, sender.request);
  if (!sender.request.empty()) streams.read_blocks(1, Steady::now());  // hello
  const long with_all = status_number(sender.pid, "VmRSS");
  std::vector<double> times;
  double before = 0;
  const int warm_up = 3;
  const int rounds = rounds_for(count);
  for (int i = 0; i < warm_up + rounds; ++i) {
    if (i == warm_up) {
      before = cpu_seconds(sender.pid);
      times.clear();
    }
    const auto start = Steady::now();
    sender.send();
    const auto some = streams.read_blocks(1, start);
    times.insert(times.end(), some.begin(), some.end());
  }
  const double cpu = cpu_seconds(sender.pid) - before - sender.aside * rounds;
  return {.cpu_us = cpu * 1e6 / static_cast<double>(times.size()),
          .p99_ms = percentile(times, 0.99),
          .stream_kib = static_cast<double>(with_all - without) / static_cast<double>(count),
          .mib = static_cast<double>(with_all) / 1024};
}

/// About what a `task done` sends.
std::string usual_data() { return std::string(420, 'x'); }

FanOut floor(const Folder& folder, Way way, std::size_t count) {
  Target target;
  if (way == Way::kUnix) target.unix_path = folder / "floor.sock";
  const SendLoop loop(target, count,
                      "id: 184234-09ad51c2e0f7b6aa\nevent: change\ndata: " + usual_data() + "\n\n");
  return measure({.target = loop.target(), .pid = loop.pid(), .send = [&] { loop.send(); }}, count);
}

std::optional<FanOut> nchan(const Folder& folder, Way way, std::size_t count) {
  const std::string nginx =
      find_on_path("nginx").empty() ? "/usr/sbin/nginx" : find_on_path("nginx");
  if (nchan_module().empty()) return std::nullopt;
  const Nchan peer(folder, nginx);
  return measure({.target = way == Way::kUnix ? peer.socket() : peer.tcp(),
                  .pid = peer.worker(),
                  .request = Nchan::subscription(),
                  .send = [&] { peer.publish(usual_data()); }},
                 count);
}

/// CPU seconds of `pid` for one of `work`, without a reader.
double cost_of(pid_t pid, const std::function<void()>& work) {
  constexpr int kTimes = 100;
  work();
  const double before = cpu_seconds(pid);
  for (int i = 0; i < kTimes; ++i) work();
  return (cpu_seconds(pid) - before) / kTimes;
}

FanOut daemon(const Folder& folder, Way way, std::size_t count) {
  const Target tcp{.port = free_port()};
  std::vector<std::string> flags;
  if (way == Way::kTcp) flags = {"--listen", "127.0.0.1:" + std::to_string(tcp.port)};
  const Daemon taskmand(folder, flags);
  const Target local{.unix_path = taskmand.socket()};
  exchange(local, json_request("POST", "/api/v1/tasks", R"({"title":"t"})"));
  int points = 0;
  const auto commit = [&] {
    const std::string body = R"({"points":)" + std::to_string(++points % 1000) + "}";
    exchange(local, json_request("PATCH", "/api/v1/tasks/1", body));
  };
  const Target& door = way == Way::kTcp ? tcp : local;
  return measure({.target = door,
                  .pid = taskmand.pid(),
                  .request = stream_request(taskmand, door),
                  .send = commit,
                  .aside = cost_of(taskmand.pid(), commit)},
                 count);
}

std::string text_of(const FanOut& result) {
  return with_unit(result.cpu_us, " µs") + ", p99 " + with_unit(result.p99_ms, " ms", 1);
}

void compare(Way way, std::size_t count) {
  const Folder folder;

  const FanOut bare = floor(folder, way, count);
  const FanOut ours = daemon(folder, way, count);

  const auto peer = nchan(folder, way, count);
  const std::string readers = with_unit(static_cast<double>(count), " streams", 0) +
                              (way == Way::kTcp ? ", TCP" : ", Unix socket");
  const double ratio = ours.cpu_us / bare.cpu_us;
  print({.what = "a commit to " + readers + ", CPU a delivery",
         .figure = text_of(ours),
         .beside = "a loop of send() " + text_of(bare),
         .ratio = with_unit(ratio, " ×"),
         .target = "≤ 1.3 ×",
         .met = ratio <= 1.3});
  if (peer) {
    print({.what = "… beside nchan, p99",
           .figure = text_of(ours),
           .beside = "nchan " + text_of(*peer),
           .ratio = with_unit(ours.p99_ms / peer->p99_ms, " ×"),
           .target = "< 1 ×",
           .met = ours.p99_ms < peer->p99_ms});
  } else {
    std::printf("nginx with nchan is not installed: no peer in this run\n");
  }
  print({.what = "resident memory with " + readers,
         .figure =
             with_unit(ours.mib, " MiB", 1) + ", " + with_unit(ours.stream_kib, " KiB a stream"),
         .beside = peer ? "nchan " + with_unit(peer->mib, " MiB", 1) + ", " +
                              with_unit(peer->stream_kib, " KiB a stream")
                        : "",
         .ratio = peer ? with_unit(ours.mib / peer->mib, " ×") : "",
         .target = "≤ 40 MiB",
         .met = ours.mib <= 40});
}

}  // namespace

int main(int argc, char** argv) try {
  raise_descriptor_limit();
  std::vector<std::size_t> counts;
  for (int i = 1; i < argc; ++i) counts.push_back(std::stoul(argv[i]));
  if (counts.empty()) counts = {1000, 9000};
  for (const std::size_t count : counts) {
    for (const Way way : {Way::kTcp, Way::kUnix}) compare(way, count);
  }
  return 0;
} catch (const std::exception& failure) {
  std::fprintf(stderr, "fanout_bench: %s\n", failure.what());
  return 1;
}
