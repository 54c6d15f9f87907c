#pragma once
// Long polls: polls that found nothing and wait, without a thread, for something to answer with.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <unordered_map>

#include "daemon/feed/gathering.hpp"
#include "daemon/feed/log_cache.hpp"
#include "daemon/net/event_loop.hpp"

namespace taskman::feed {

/// Part of the hub, which calls it on the loop's thread; size() on any.
class Parking {
 public:
  using Done = std::function<void(PollAnswer)>;
  using Ticket = std::uint64_t;

  Parking(net::EventLoop& loop, LogCache& log) : loop_(loop), log_(log) {}

  /// `done` is called once, later: with frames; without, when the time is up or drain() was called;
  /// not at all after remove().
  Ticket add(ParkedPoll poll, Done done);
  void remove(Ticket ticket);

  /// The log has grown to `head`: answers those who find something. Bounded: true when some still
  /// have to be looked at, by another call. Throws what the store throws.
  bool bring_on(std::int64_t head);
  /// Answers all, with what they have.
  void drain();

  template <typename Use>
  void for_each(const Use& use) const {
    for (const Polls* polls : {&idle_, &behind_}) {
      for (const Parked& parked : *polls)
        use(parked.poll.client, parked.gathering.cursor(), parked.since);
    }
  }

  std::size_t size() const { return size_.load(std::memory_order_relaxed); }

 private:
  struct Parked {
    Parked(ParkedPoll wanted, Done call)
        : poll(std::move(wanted)),
          gathering(poll.selection, poll.limit, poll.since),
          done(std::move(call)) {}
    ParkedPoll poll;
    Gathering gathering;
    Done done;
    const std::chrono::steady_clock::time_point since = std::chrono::steady_clock::now();
    Ticket ticket = 0;
    net::EventLoop::Timer timer;
    bool is_behind = false;
  };
  using Polls = std::list<Parked>;

  bool look(Parked& parked);
  void answer(Polls::iterator parked);

  net::EventLoop& loop_;
  LogCache& log_;
  std::int64_t head_ = 0;
  Polls idle_;    ///< have seen everything up to head_
  Polls behind_;  ///< have to be looked at
  std::unordered_map<Ticket, Polls::iterator> by_ticket_;
  Ticket last_ = 0;
  std::atomic<std::size_t> size_{0};
};

}  // namespace taskman::feed
