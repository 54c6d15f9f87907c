// A thousand readers that take nothing beside a hundred that do: what the hundred and a writer
// notice of them, and what the daemon keeps for them.
//   stalled_bench [rounds]

#include <algorithm>
#include <cstdio>
#include <memory>
#include <stdexcept>

#include "load.hpp"
#include "program.hpp"
#include "row.hpp"
#include "streams.hpp"

namespace {

using namespace taskman::bench;
using Steady = std::chrono::steady_clock;

constexpr std::size_t kLive = 100;
constexpr std::size_t kStalled = 1000;
constexpr int kCommits = 300;
constexpr int kReceiveBuffer = 4096;

/// Milliseconds from when a commit was asked for, and what the daemon grew by meanwhile.
struct Figures {
  std::vector<double> seen;     ///< to a live reader's frame
  std::vector<double> written;  ///< to the writer's answer
  double grown_kib = 0;
};

/// A daemon that listens on TCP, and what is done to it.
class House {
 public:
  House() { commit(R"({"title":"t"})", "POST", "/api/v1/tasks"); }

  std::unique_ptr<Streams> live() const {
    auto streams = std::make_unique<Streams>(tcp_, kLive, stream_request(daemon_, tcp_));
    streams->read_blocks(1, Steady::now());  // hello
    return streams;
  }

  /// Readers whose sockets are full, on both sides.
  std::unique_ptr<Streams> stalled(Streams& live) {
    Target narrow = tcp_;
    narrow.receive_buffer = kReceiveBuffer;
    auto streams = std::make_unique<Streams>(narrow, kStalled, stream_request(daemon_, tcp_));
    wait_until("all stalled readers are blocked", [&] {
      const auto start = Steady::now();
      commit(R"({"body":")" + std::string(30'000, static_cast<char>('a' + ++count_ % 26)) + "\"}");
      live.read_blocks(1, start);
      return blocked() == kStalled;
    });
    return streams;
  }

  void measure_one(Streams& live, Figures& figures) {
    const auto start = Steady::now();
    commit(R"({"body":"","points":)" + std::to_string(++count_ % 1000) + "}");
    const std::chrono::duration<double, std::milli> took = Steady::now() - start;
    figures.written.push_back(took.count());
    const auto some = live.read_blocks(1, start);
    figures.seen.insert(figures.seen.end(), some.begin(), some.end());
  }

  double resident_kib() const { return static_cast<double>(status_number(daemon_.pid(), "VmRSS")); }

  std::size_t blocked() const {
    const std::string told = exchange(local_, json_request("GET", "/api/v1/subscribers", ""));
    std::size_t count = 0;
    for (auto at = told.find(kBlocked); at != std::string::npos; at = told.find(kBlocked, at + 1))
      ++count;
    return count;
  }

 private:
  static constexpr std::string_view kBlocked = R"("blocked":true)";

  void commit(const std::string& body, const std::string& method = "PATCH",
              const std::string& path = "/api/v1/tasks/1") const {
    const std::string answer = exchange(local_, json_request(method, path, body));
    if (!answer.starts_with(R"({"schema")")) throw std::runtime_error("refused: " + answer);
  }

  const Folder folder_;
  const Target tcp_{.port = free_port()};
  const Daemon daemon_{folder_, {"--listen", "127.0.0.1:" + std::to_string(tcp_.port)}};
  const Target local_{.unix_path = daemon_.socket()};
  int count_ = 0;
};

/// Two daemons, one of them with stalled readers, a commit to each in turn: a machine whose speed
/// drifts drifts for both.
void measure(Figures& with, Figures& without) {
  House crowded;
  House quiet;
  const auto crowded_live = crowded.live();
  const auto quiet_live = quiet.live();
  const auto stalled = crowded.stalled(*crowded_live);
  const double crowded_before = crowded.resident_kib();
  const double quiet_before = quiet.resident_kib();
  for (int i = 0; i < kCommits; ++i) {
    crowded.measure_one(*crowded_live, with);
    quiet.measure_one(*quiet_live, without);
  }
  with.grown_kib = std::max(with.grown_kib, crowded.resident_kib() - crowded_before);
  without.grown_kib = std::max(without.grown_kib, quiet.resident_kib() - quiet_before);
  if (crowded.blocked() != kStalled)
    throw std::runtime_error("stalled readers were closed meanwhile");
}

void compare(const std::string& what, double ours, double others) {
  print({.what = what,
         .figure = with_unit(ours, " ms"),
         .beside = "without them " + with_unit(others, " ms"),
         .ratio = with_unit(ours / others, " ×"),
         .target = "≤ 1.1 ×",
         .met = ours / others <= 1.1});
}

}  // namespace

int main(int argc, char** argv) try {
  raise_descriptor_limit();
  const int rounds = argc > 1 ? std::stoi(argv[1]) : 5;
  Figures with;
  Figures without;
  for (int i = 0; i < rounds; ++i) measure(with, without);
  compare("1,000 stalled readers: a commit to 100 live ones, p99", percentile(with.seen, 0.99),
          percentile(without.seen, 0.99));
  compare("… a write's answer, p50", percentile(with.written, 0.5),
          percentile(without.written, 0.5));
  compare("… a write's answer, p99", percentile(with.written, 0.99),
          percentile(without.written, 0.99));
  print({.what = "… resident memory over 300 commits",
         .figure = with_unit(with.grown_kib, " KiB more", 0),
         .beside = "without them " + with_unit(without.grown_kib, " KiB more", 0),
         .ratio = "",
         .target = "flat: < 1 KiB a reader",
         .met = with.grown_kib < static_cast<double>(kStalled)});
  return 0;
} catch (const std::exception& failure) {
  std::fprintf(stderr, "stalled_bench: %s\n", failure.what());
  return 1;
}
