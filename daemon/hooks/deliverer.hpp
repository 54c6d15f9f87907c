#pragma once
// Tells hooks of changes: reads the log from each hook's own cursor, in order, one change at a time
// for each, until it was delivered or given up. See docs/hooks.md.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "common/util/guarded.hpp"
#include "common/util/log.hpp"
#include "common/util/random.hpp"
#include "daemon/feed/log_cache.hpp"
#include "daemon/hooks/command_run.hpp"
#include "daemon/hooks/course.hpp"
#include "daemon/hooks/poster.hpp"
#include "daemon/net/event_loop.hpp"

namespace taskman::hooks {

struct DelivererOptions {
  std::int64_t attempts = 10;               ///< then a change becomes a dead letter
  std::chrono::milliseconds backoff{1000};  ///< before the second attempt; doubles
  CommandOptions command{};
  PosterOptions post{};
  std::string lock{};  ///< a file of the database's; empty: none
  util::Log log{};     ///< may be empty
};

struct HookFigures {
  std::int64_t hooks = 0;
  std::int64_t running = 0;  ///< attempts under way
  std::int64_t behind = 0;   ///< hooks with something to deliver, paused ones left out
  std::int64_t lag = 0;      ///< revisions, of the hook farthest behind
  std::int64_t delivered = 0;
  std::int64_t failed = 0;  ///< attempts
  std::int64_t dead = 0;    ///< changes given up
};

/// One thread, which starts with the first hook and sleeps while no hook has anything to do.
/// Owned by the daemon; wake(), changed() and the figures are for any thread.
class Deliverer {
 public:
  /// What the base and the random source refer to outlives it.
  Deliverer(const service::Base& base, util::Random& random, DelivererOptions options);
  ~Deliverer();
  Deliverer(const Deliverer&) = delete;
  Deliverer& operator=(const Deliverer&) = delete;

  /// Says that the log may have grown. Cheap.
  void wake();
  /// Says that hooks or dead letters were changed by somebody else.
  void changed();
  /// Ends what runs and the thread; takes a second at most. The destructor does it too.
  void stop();

  /// How far the hook looked, none when it is not known here.
  std::optional<std::int64_t> looked_up_to(model::HookId id) const;
  HookFigures figures() const;

 private:
  using Save = std::function<void(store::WriteTx&)>;

  bool may_begin();
  void read_hooks();
  void adopt(const model::Hook& hook, bool has_dead);
  void drop(Course& course);
  void make_ready(Course& course);
  void serve_later();
  void serve();
  void look(Course& course);
  void skip_hole(Course& course);
  void begin(Course& course);
  void on_done(model::HookId id, Outcome outcome);
  void settle();
  void settle(Course& course, const Outcome& outcome);
  void delivered(Course& course);
  void failed(Course& course, const std::string& error);
  void give_up(Course& course, const std::string& error);
  void stumble(Course& course, const std::string& error);
  void wait(Course& course, std::chrono::milliseconds delay);
  void save_progress(const Course& course);
  void save();
  void recount();
  void finish();
  void note(util::LogLevel level, std::string_view text, const Course& course,
            const std::string& what) const;

  const service::Base base_;
  util::Random& random_;
  const DelivererOptions options_;

  // The thread's own.
  net::EventLoop loop_;
  feed::LogCache log_;
  Walk walk_;
  Poster poster_;
  RunLock lock_;
  std::chrono::milliseconds lock_wait_{0};  ///< before the next try to take it
  net::EventLoop::Timer lock_timer_;
  std::map<model::HookId, Course> courses_;
  std::deque<model::HookId> ready_;
  std::size_t running_ = 0;
  std::vector<std::pair<model::HookId, Outcome>> done_;
  std::vector<Save> saves_;  ///< what is not stored yet, in order
  bool serving_later_ = false;
  bool settling_later_ = false;
  bool finishing_ = false;

  struct Shared {
    HookFigures figures;
    std::map<model::HookId, std::int64_t> looked;
  };
  util::Guarded<Shared> shared_;
  std::atomic<bool> woken_{false};
  std::atomic<bool> started_{false};

  std::mutex mutex_;  ///< guards thread_ and stopped_
  std::thread thread_;
  bool stopped_ = false;
};

}  // namespace taskman::hooks
