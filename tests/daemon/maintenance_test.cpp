// Leases end when the clock says so, and nobody looks at it all the time.

#include "daemon/maintenance.hpp"

#include <atomic>
#include <future>
#include <stdexcept>

#include "common/time/clock.hpp"
#include "daemon/store/open.hpp"
#include "support/catch.hpp"
#include "support/counting_random.hpp"
#include "support/manual_clock.hpp"
#include "support/temp_dir.hpp"

namespace taskman::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kPatience{20};

/// Members in start order.
struct Chores {
  explicit Chores(std::function<std::optional<util::Instant>()> expire)
      : maintenance(*store, clock, {.expire_leases = std::move(expire)}) {}

  TempDir folder;
  time::SystemClock clock;
  CountingRandom random;
  std::unique_ptr<store::Store> store =
      store::open("sqlite:" + (folder / "t.db").string(), {.clock = &clock, .random = &random});
  Maintenance maintenance;
};

TEST_CASE("a lease is ended at its end, not before, and the one after it as well") {
  std::promise<util::Instant> second;
  std::atomic<int> calls{0};
  time::SystemClock clock;
  const util::Instant first_end = clock.now() + milliseconds{30};
  const util::Instant second_end = first_end + milliseconds{30};
  std::atomic<bool> early{false};
  Chores chores([&]() -> std::optional<util::Instant> {
    const bool first = ++calls == 1;
    if (clock.now() < (first ? first_end : second_end)) early = true;
    if (first) return second_end;
    second.set_value(clock.now());
    return std::nullopt;
  });
  chores.maintenance.leased(first_end + seconds{3'600});
  chores.maintenance.leased(first_end);
  auto done = second.get_future();
  REQUIRE(done.wait_for(kPatience) == std::future_status::ready);
  CHECK(calls == 2);
  CHECK_FALSE(early);
}

TEST_CASE("a lease that is told while another is being ended is not forgotten") {
  std::promise<void> told;
  std::atomic<int> calls{0};
  time::SystemClock clock;
  Maintenance* maintenance = nullptr;
  Chores chores([&]() -> std::optional<util::Instant> {
    if (++calls == 1) maintenance->leased(clock.now());
    if (calls == 2) told.set_value();
    return std::nullopt;
  });
  maintenance = &chores.maintenance;
  chores.maintenance.leased(clock.now());
  CHECK(told.get_future().wait_for(kPatience) == std::future_status::ready);
}

TEST_CASE("leases that never end by the clock, or cannot be ended, are not tried all the time") {
  const bool fails = GENERATE(false, true);
  std::promise<void> first;
  std::atomic<int> calls{0};
  time::SystemClock clock;
  Chores chores([&]() -> std::optional<util::Instant> {
    if (++calls == 1) first.set_value();
    if (fails) throw std::runtime_error("disk full");
    return clock.now() - seconds{1};  // as after a clock that was set
  });
  const auto before = clock.steady();
  chores.maintenance.leased(clock.now());
  REQUIRE(first.get_future().wait_for(kPatience) == std::future_status::ready);
  // What is told in between does not hurry it.
  for (int i = 0; i < 1'000; ++i) chores.maintenance.leased(clock.now() - seconds{i});
  chores.maintenance.stop();
  const auto passed = clock.steady() - before;
  CHECK(calls <= 2 + passed / milliseconds{10});
  if (fails && passed < seconds{5}) CHECK(calls == 1);
}

}  // namespace
}  // namespace taskman::test
