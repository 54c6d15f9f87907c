#pragma once
// The hub owns every waiting reader of the change feed. It runs on the event loop's thread.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <list>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "common/util/fd.hpp"
#include "common/util/log.hpp"
#include "common/util/random.hpp"
#include "common/wire/subscriber.hpp"
#include "daemon/feed/deadlines.hpp"
#include "daemon/feed/farewells.hpp"
#include "daemon/feed/log_cache.hpp"
#include "daemon/feed/parking.hpp"
#include "daemon/feed/position.hpp"
#include "daemon/feed/reader.hpp"
#include "daemon/feed/scope_index.hpp"
#include "daemon/feed/subscription.hpp"
#include "daemon/net/event_loop.hpp"
#include "daemon/store/store.hpp"

namespace taskman::feed {

struct HubFigures {
  std::int64_t subscriptions = 0;
  std::int64_t parked_polls = 0;
  std::int64_t turns = 0;  ///< how often a reader was looked after
  std::int64_t frames_sent = 0;
  std::int64_t resets = 0;
  std::int64_t slow_closed = 0;

  std::int64_t readers() const { return subscriptions + parked_polls; }
};

struct HubOptions {
  std::chrono::milliseconds heartbeat{15000};  ///< the longest; a reader may ask for a shorter one
  std::chrono::milliseconds stuck{
      30000};  ///< a reader that takes nothing for so long is closed, resumable
  std::chrono::milliseconds retry{
      1000};  ///< a reader is told to come back after this to three times this
  /// A stream is ended, resumable, at the first heartbeat after this; 0: never. A proxy with a
  /// limit of its own would cut it anywhere, and all of them at once.
  std::chrono::milliseconds max_age{0};
  std::size_t max_readers = 10'000;           ///< more are sent away with a time to come back
  std::size_t cache_bytes = 8 * 1024 * 1024;  ///< of the log, shared by all readers
  util::Log log;                              ///< may be empty
};

/// wake() and figures() on any thread, everything else on the loop's. The loop and the store
/// outlive it. Without readers it does nothing and holds nothing.
class Hub {
 public:
  Hub(net::EventLoop& loop, store::Store& store, util::Random& random, HubOptions options = {});
  ~Hub();
  Hub(const Hub&) = delete;
  Hub& operator=(const Hub&) = delete;

  /// Says that the log may have grown. Cheap; many calls make one look at the log.
  void wake();

  /// Takes over a connected socket, which does not block, as a reader. `unsent`: what of the
  /// answer's head is still to be sent.
  void adopt(util::Fd fd, SubscriptionRequest request, std::string unsent);

  /// A poll that waits: see Parking.
  Parking::Ticket park(ParkedPoll poll, Parking::Done done);
  void unpark(Parking::Ticket ticket);

  /// Says goodbye to every reader and closes it, answers every poll; who comes later fares the
  /// same.
  void drain();

  HubFigures figures() const;

  /// Streams and waiting polls, as they are now.
  std::vector<wire::Subscriber> subscribers() const;

  /// Called by readers.
  void on_reader(Reader& reader, std::uint32_t events);

 private:
  using Readers = std::list<Reader>;

  void look();
  void find_concerned(const model::Cursor& head);
  Readers& idle_list(const Reader& reader) { return reader.is_narrow() ? narrow_ : *idle_; }
  void bring_polls_on();
  bool is_alone() const;
  void serve();
  void serve_later();
  void go_on();
  void admit(util::Fd fd, SubscriptionRequest request, std::string unsent);
  void place(Reader& reader, Progress progress);
  void move(Reader& reader, Readers& to);
  void catch_up(Reader& reader) const;
  void ask_for_room(Reader& reader, bool asked);
  bool hear(Reader& reader);
  void hear_later();
  void hear_on();
  void start_over(Reader& reader);
  void close(Reader& reader);
  void see_off(Reader& reader);
  util::Fd part_from(Reader& reader);
  void say_bye(Reader& reader, std::string_view reason);
  bool is_full() const;
  std::string opening_for(const SubscriptionRequest& request, const Position& position);
  Position start_of(const SubscriptionRequest& request);

  void note(const util::LogRecord& record) const;
  void set_deadline(Reader& reader);
  bool is_too_old(const Reader& reader) const;
  void arm();
  void on_tick();
  void on_deadline(Reader& reader);
  std::chrono::milliseconds spread(std::chrono::milliseconds from, std::chrono::milliseconds to);

  net::EventLoop& loop_;
  store::Store& store_;
  std::minstd_rand jitter_;  ///< seeded once: asking the system at each heartbeat costs as one
  const HubOptions options_;

  LogCache log_;
  Parking parking_;
  model::Cursor head_;  ///< what readers are brought to
  Readers lists_[2];
  Readers* idle_ = &lists_[0];   ///< caught up
  Readers* ready_ = &lists_[1];  ///< behind, served in turn
  Readers blocked_;              ///< behind, their sockets full
  Readers narrow_;  ///< caught up, and want nothing up to head_ but what index_ finds them for
  std::deque<Reader*> unheard_;  ///< may have said more than was read, and are read on in turn
  ScopeIndex index_;
  Deadlines<Reader> deadlines_;
  Farewells farewells_;
  net::EventLoop::Timer timer_;
  bool serving_later_ = false;
  bool hearing_later_ = false;
  bool polls_later_ = false;
  bool drained_ = false;

  std::atomic<bool> woken_{false};
  std::atomic<std::int64_t> subscriptions_{0};
  std::atomic<std::int64_t> turns_{0};
  std::atomic<std::int64_t> frames_sent_{0};
  std::atomic<std::int64_t> resets_{0};
  std::atomic<std::int64_t> slow_closed_{0};
};

}  // namespace taskman::feed
