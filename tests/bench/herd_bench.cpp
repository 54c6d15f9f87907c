// Readers that all come back at once to a daemon that was killed and started again: how long until
// the last of them has what it missed.
//   herd_bench [readers]

#include <algorithm>
#include <cstdio>
#include <optional>

#include "load.hpp"
#include "program.hpp"
#include "row.hpp"
#include "send_loop.hpp"
#include "streams.hpp"

namespace {

using namespace taskman::bench;
using Steady = std::chrono::steady_clock;

constexpr int kMissed = 10;
constexpr int kRounds = 3;

double last_of(const std::vector<double>& times) { return *std::ranges::max_element(times); }

/// As many connections that are accepted and sent one block.
double floor(const Folder& folder, bool by_tcp, std::size_t readers) {
  Target target;
  if (!by_tcp) target.unix_path = folder / "floor.sock";
  const SendLoop loop(target, readers, std::string(420, 'x') + "\n\n");
  const auto start = Steady::now();
  Streams streams(loop.target(), readers, "");
  loop.send();
  return last_of(streams.read_blocks(1, start));
}

void add(const Daemon& daemon) {
  exchange({.unix_path = daemon.socket()},
           json_request("POST", "/api/v1/tasks", R"({"title":"t"})"));
}

std::string head_of(const Daemon& daemon) {
  const std::string answer =
      exchange({.unix_path = daemon.socket()}, json_request("GET", "/api/v1/events?latest=1", ""));
  constexpr std::string_view kKey = R"("cursor":")";
  const auto at = answer.rfind(kKey) + kKey.size();
  return answer.substr(at, answer.find('"', at) - at);
}

double come_back(bool by_tcp, std::size_t readers) {
  const Folder folder;
  const Target tcp{.port = free_port()};
  const std::vector<std::string> flags{"--listen", "127.0.0.1:" + std::to_string(tcp.port)};
  std::optional<Daemon> daemon(std::in_place, folder, flags);
  const Target door = by_tcp ? tcp : Target{.unix_path = daemon->socket()};
  add(*daemon);
  const std::string stood = "?since=" + head_of(*daemon);
  Streams before(door, readers, stream_request(*daemon, door, stood));
  before.read_blocks(1, Steady::now());  // hello
  daemon->kill();
  daemon.emplace(folder, flags);
  for (int i = 0; i < kMissed; ++i) add(*daemon);
  const auto start = Steady::now();
  Streams again(door, readers, stream_request(*daemon, door, stood));
  return last_of(again.read_blocks(1 + kMissed, start));
}

void compare(bool by_tcp, std::size_t readers) {
  std::vector<double> ours;
  std::vector<double> others;
  for (int round = 0; round < kRounds; ++round) {
    const Folder folder;
    others.push_back(floor(folder, by_tcp, readers));
    ours.push_back(come_back(by_tcp, readers));
  }
  const double last = last_of(ours);
  print({.what = with_unit(static_cast<double>(readers), " readers at once after a restart, ", 0) +
                 (by_tcp ? "TCP" : "Unix socket") + ": all have what they missed",
         .figure = with_unit(last, " ms", 0),
         .beside = "accepted and sent a block " + with_unit(median(others), " ms", 0),
         .ratio = with_unit(median_ratio(ours, others), " ×"),
         .target = "≤ 3 s",
         .met = last <= 3000});
}

}  // namespace

int main(int argc, char** argv) try {
  raise_descriptor_limit();
  const std::size_t readers = argc > 1 ? std::stoul(argv[1]) : 5000;
  compare(true, readers);
  compare(false, readers);
  return 0;
} catch (const std::exception& failure) {
  std::fprintf(stderr, "herd_bench: %s\n", failure.what());
  return 1;
}
