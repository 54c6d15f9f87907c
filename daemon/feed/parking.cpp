#include "daemon/feed/parking.hpp"

#include <utility>

namespace taskman::feed {
namespace {

constexpr int kPollsPerTurn = 64;

}  // namespace

Parking::Ticket Parking::add(ParkedPoll poll, Done done) {
  const auto until = poll.until;
  const auto parked = behind_.emplace(behind_.end(), std::move(poll), std::move(done));
  parked->is_behind = true;
  parked->ticket = ++last_;
  by_ticket_.emplace(parked->ticket, parked);
  parked->timer = loop_.call_at(until, [this, parked] { answer(parked); });
  size_ = by_ticket_.size();
  return parked->ticket;
}

void Parking::remove(Ticket ticket) {
  const auto found = by_ticket_.find(ticket);
  if (found == by_ticket_.end()) return;
  const auto parked = found->second;
  loop_.cancel(parked->timer);
  by_ticket_.erase(found);
  size_ = by_ticket_.size();
  (parked->is_behind ? behind_ : idle_).erase(parked);
}

bool Parking::bring_on(std::int64_t head) {
  if (std::exchange(head_, head) != head) {
    for (Parked& parked : idle_) parked.is_behind = true;
    behind_.splice(behind_.end(), idle_);
  }
  for (int count = 0; count < kPollsPerTurn && !behind_.empty(); ++count) {
    const auto parked = behind_.begin();
    if (look(*parked)) {
      answer(parked);
    } else {
      parked->is_behind = false;
      idle_.splice(idle_.end(), behind_, parked);
    }
  }
  return !behind_.empty();
}

/// True when there is something to answer with, or nothing more to wait for.
bool Parking::look(Parked& parked) {
  Gathering& gathering = parked.gathering;
  while (!gathering.is_full() && gathering.cursor().rev < head_) {
    const auto entry = log_.find(gathering.cursor().rev + 1);
    if (entry == nullptr) return true;  // pruned meanwhile: the next poll learns of it
    gathering.look_at(*entry);
  }
  return gathering.is_full() || !gathering.is_empty();
}

void Parking::answer(Polls::iterator parked) {
  const Done done = std::move(parked->done);
  PollAnswer found = std::move(parked->gathering).finish(head_);
  remove(parked->ticket);
  done(std::move(found));
}

void Parking::drain() {
  for (Polls* polls : {&idle_, &behind_}) {
    while (!polls->empty()) answer(polls->begin());
  }
}

}  // namespace taskman::feed
