#include "soak/soak.hpp"

#include <fmt/core.h>
#include <sys/epoll.h>

#include <algorithm>
#include <array>
#include <deque>
#include <stdexcept>

#include "common/wire/envelope.hpp"
#include "soak/keeper.hpp"
#include "support/descriptors.hpp"

namespace taskman::test {
namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr auto kLook = 20ms;   // how often readers look at the clock
constexpr auto kSettle = 60s;  // until all have everything
constexpr std::uint32_t kWriterSeed = 0x77000000;
constexpr std::uint32_t kKeeperSeed = 0x4b000000;
// Of twenty readers: a poll costs a request for what a stream gets by itself.
constexpr std::array kWays{Way::kSse,       Way::kNdjson,    Way::kWebSocket, Way::kSse,
                           Way::kNdjson,    Way::kWebSocket, Way::kLongPoll,  Way::kSse,
                           Way::kWebSocket, Way::kPoll};

/// All readers, on one epoll.
class Crowd {
 public:
  Crowd(Ledger& ledger, Tally& tally, const SoakPlan& plan, const Doors& doors)
      : epoll_(::epoll_create1(EPOLL_CLOEXEC)),
        world_{.epoll = epoll_.get(), .ledger = ledger, .tally = tally, .doors = doors} {
    const auto now = Steady::now();
    for (int i = 0; i < plan.readers; ++i) {
      const auto number = static_cast<std::uint32_t>(i);
      readers_.emplace_back(world_,
                            Reader::Kind{.way = kWays[number % kWays.size()],
                                         .by_tcp = number / kWays.size() % 2 == 1,
                                         .seed = plan.seed + number},
                            now);
    }
  }

  void turn(Doors doors) {
    world_.doors = std::move(doors);
    std::array<epoll_event, 256> events{};
    const int ready = ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()),
                                   static_cast<int>(kLook.count()));
    const auto now = Steady::now();
    for (int i = 0; i < ready; ++i) {
      static_cast<Reader*>(events[static_cast<std::size_t>(i)].data.ptr)->on_ready(now);
    }
    if (now < next_look_) return;
    next_look_ = now + kLook;
    for (Reader& reader : readers_) reader.wake(now);
  }

  const std::deque<Reader>& readers() const { return readers_; }
  bool all_at(std::int64_t rev) const {
    return std::ranges::all_of(readers_, [&](const auto& one) { return one.stands() == rev; });
  }

 private:
  util::Fd epoll_;
  Reader::World world_;
  std::deque<Reader> readers_;  // each is known by its address
  Steady::time_point next_look_{};
};

model::Cursor head_of(const DaemonFixture& daemon) {
  const auto reply = daemon.http({.target = "/api/v1/health"});
  return model::parse_cursor(reply.header("Taskman-Cursor")).value();
}

std::vector<std::string> log_after(const DaemonFixture& daemon, model::Cursor at) {
  std::vector<std::string> frames;
  for (bool more = true; more;) {
    const auto reply =
        daemon.http({.target = "/api/v1/events?limit=1000&since=" + model::to_string(at)});
    if (reply.status == 204) break;
    const auto envelope = wire::decode_envelope(reply.body);
    std::ranges::move(wire::split_array(envelope.data), std::back_inserter(frames));
    at = envelope.cursor.value();
    more = envelope.more.value_or(false);
  }
  return frames;
}

void name_who_lacks(const Crowd& crowd, std::int64_t head, std::vector<std::string>& faults) {
  for (const Reader& reader : crowd.readers()) {
    if (reader.stands() == head || faults.size() >= 20) continue;
    faults.push_back(reader.name() + " stands at " + std::to_string(reader.stands()) + " of " +
                     std::to_string(head));
  }
}

}  // namespace

SoakResult run_soak(const SoakPlan& plan) {
  raise_descriptor_limit();
  SoakResult result;
  Keeper keeper;
  const model::Cursor start = head_of(keeper.daemon());
  Ledger ledger(start);
  Crowd crowd(ledger, result.tally, plan, keeper.doors());
  Writer writer(keeper.daemon().socket(), plan.changes_per_second, plan.seed ^ kWriterSeed);
  keeper.begin(plan.between_kills, plan.seed ^ kKeeperSeed);
  for (const auto end = Steady::now() + plan.time; Steady::now() < end;) crowd.turn(keeper.doors());
  keeper.end();
  writer.end();
  result.kills = keeper.kills();
  result.changes = writer.acknowledged();

  const std::int64_t head = head_of(keeper.daemon()).rev;
  for (const auto end = Steady::now() + kSettle; !crowd.all_at(head) && Steady::now() < end;)
    crowd.turn(keeper.doors());
  auto& faults = result.tally.faults;
  name_who_lacks(crowd, head, faults);
  if (!writer.fault().empty()) faults.push_back(writer.fault());
  if (head - start.rev != result.changes) {
    faults.push_back(std::to_string(result.changes) + " changes were acknowledged, the log has " +
                     std::to_string(head - start.rev));
  }
  const auto difference = ledger.compare(log_after(keeper.daemon(), start));
  if (!difference.empty()) faults.push_back(difference);
  return result;
}

std::string to_string(const SoakPlan& plan, const SoakResult& result) {
  const Tally& tally = result.tally;
  return fmt::format(
      "soak: {} s, seed {}, {} readers: {} changes, {} kills, {} frames, {} connections ({} cut at "
      "a byte, {} left, {} lost, {} told to come later): {}",
      plan.time.count() / 1000, plan.seed, plan.readers, result.changes, result.kills, tally.frames,
      tally.connections, tally.cuts, tally.leaves, tally.lost, tally.busy,
      result.is_good() ? "each got the log, no gap, no double, prev right"
                       : "FAULTS, " + std::to_string(tally.faults.size()) + " told");
}

}  // namespace taskman::test
