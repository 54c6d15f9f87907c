// A thousand readers that take nothing beside a hundred that do: what the hundred and a writer
// notice of them, and what the daemon keeps for them.
//   stalled_bench [pairs]

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

struct Figures {
  double live_p99_ms = 0;
  double write_p50_ms = 0;
  double write_p99_ms = 0;
  double grown_kib = 0;  ///< resident memory of the daemon over these commits
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

  Figures measure(Streams& live) {
    Figures figures;
    std::vector<double> seen;
    std::vector<double> written;
    const long before = status_number(daemon_.pid(), "VmRSS");
    for (int i = 0; i < kCommits; ++i) {
      const auto start = Steady::now();
      commit(R"({"body":"","points":)" + std::to_string(++count_ % 1000) + "}");
      const std::chrono::duration<double, std::milli> took = Steady::now() - start;
      written.push_back(took.count());
      const auto some = live.read_blocks(1, start);
      seen.insert(seen.end(), some.begin(), some.end());
    }
    figures.grown_kib = static_cast<double>(status_number(daemon_.pid(), "VmRSS") - before);
    figures.live_p99_ms = percentile(seen, 0.99);
    figures.write_p50_ms = percentile(written, 0.5);
    figures.write_p99_ms = percentile(written, 0.99);
    return figures;
  }

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

using Series = std::vector<Figures>;

std::vector<double> column(const Series& series, double Figures::*member) {
  std::vector<double> values;
  for (const auto& figures : series) values.push_back(figures.*member);
  return values;
}

void compare(const std::string& what, const Series& with, const Series& without,
             double Figures::*member) {
  const auto ours = column(with, member);
  const auto others = column(without, member);
  const double ratio = median_ratio(ours, others);
  print({.what = what,
         .figure = with_unit(median(ours), " ms"),
         .beside = "without them " + with_unit(median(others), " ms"),
         .ratio = with_unit(ratio, " ×"),
         .target = "≤ 1.1 ×",
         .met = ratio <= 1.1});
}

void measure_pair(House& house, Series& with, Series& without) {
  const auto live = house.live();
  without.push_back(house.measure(*live));
  const auto stalled = house.stalled(*live);
  with.push_back(house.measure(*live));
  if (house.blocked() != kStalled)
    throw std::runtime_error("stalled readers were closed meanwhile");
}

}  // namespace

int main(int argc, char** argv) try {
  raise_descriptor_limit();
  const int pairs = argc > 1 ? std::stoi(argv[1]) : 7;
  House house;
  Series with;
  Series without;
  for (int i = 0; i < pairs; ++i) measure_pair(house, with, without);
  compare("1,000 stalled readers: a commit to 100 live ones, p99", with, without,
          &Figures::live_p99_ms);
  compare("… a write's answer, p50", with, without, &Figures::write_p50_ms);
  compare("… a write's answer, p99", with, without, &Figures::write_p99_ms);
  const double grown = median(column(with, &Figures::grown_kib));
  print({.what = "… resident memory over 300 commits",
         .figure = with_unit(grown, " KiB more", 0),
         .beside = "without them " +
                   with_unit(median(column(without, &Figures::grown_kib)), " KiB more", 0),
         .ratio = "",
         .target = "flat: < 1 KiB a reader",
         .met = grown < static_cast<double>(kStalled)});
  return 0;
} catch (const std::exception& failure) {
  std::fprintf(stderr, "stalled_bench: %s\n", failure.what());
  return 1;
}
