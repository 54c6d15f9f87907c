#pragma once
// Chores beside the requests: checkpoint when idle, forget old answers, end leases that ran out,
// end when nobody comes.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "common/time/clock.hpp"
#include "common/util/log.hpp"
#include "daemon/store/store.hpp"

namespace taskman {

struct MaintenanceOptions {
  std::chrono::milliseconds checkpoint_after{10'000};  ///< without a commit
  std::chrono::milliseconds prune_every{3'600'000};
  std::chrono::milliseconds answers_kept{24 * 3'600'000};
  model::Retention keep_changes{};
  std::chrono::milliseconds idle_exit{0};  ///< 0: never
  std::function<std::optional<std::uint64_t>()>
      visits;                  ///< connections so far; none while one is open
  std::function<void()> exit;  ///< called when idle for so long
  /// Ends the leases that ran out; gives the end of the next one, none when nothing is claimed.
  std::function<std::optional<util::Instant>()> expire_leases;
  util::Log log;
};

/// One thread that sleeps until something is due: it does not wake in an idle daemon once the last
/// commit is checkpointed, the last answer is forgotten and the last lease is over. Owned by the
/// daemon; committed() and leased() are for any thread.
class Maintenance {
 public:
  /// The store and the clock outlive it.
  Maintenance(store::Store& store, const time::Clock& clock, MaintenanceOptions options);
  ~Maintenance();
  Maintenance(const Maintenance&) = delete;
  Maintenance& operator=(const Maintenance&) = delete;

  /// Something was committed. Cheap.
  void committed();

  /// There is a lease that ends at `end`. Cheap.
  void leased(util::Instant end);

  /// Ends the thread; the others may still be called. The destructor does it too.
  void stop();

 private:
  using Instant = std::chrono::steady_clock::time_point;

  void run();
  void sleep();
  void checkpoint_if_idle(Instant now);
  void prune_if_due(Instant now);
  void prune_log();
  void exit_if_idle(Instant now);
  void expire_if_due(Instant now);
  void attempt(std::string_view chore, const std::function<void()>& work) const;

  store::Store& store_;
  const time::Clock& clock_;
  const MaintenanceOptions options_;

  // The thread's own.
  std::uint64_t commits_seen_ = 0;
  std::optional<Instant> checkpoint_due_;
  std::optional<Instant> prune_due_;
  std::optional<Instant> last_commit_;
  std::optional<Instant> exit_due_;
  std::optional<Instant> lease_due_;
  Instant lease_rest_{};  ///< no lease is ended before
  std::uint64_t visits_seen_ = 0;

  std::atomic<std::uint64_t> commits_{0};
  std::atomic<bool> unaware_{true};  ///< the thread sleeps without a mind to look at commits_

  std::mutex mutex_;  ///< guards called_, stopping_ and lease_end_
  std::condition_variable wake_;
  std::optional<util::Instant> lease_end_;  ///< of the first lease that is known of
  bool called_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace taskman
