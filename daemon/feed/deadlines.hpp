#pragma once
// Many deadlines in few wake-ups: they fall due together, at ticks.

#include <chrono>
#include <cstdint>
#include <list>
#include <map>
#include <optional>

namespace taskman::feed {

/// One deadline for each T; T has a member `std::optional<Deadlines<T>::Place> deadline`. Owned by
/// the hub, used on its thread. T is taken out before it dies.
template <typename T>
class Deadlines {
 public:
  using Instant = std::chrono::steady_clock::time_point;
  struct Place {
    std::int64_t tick;
    typename std::list<T*>::iterator at;
  };

  explicit Deadlines(std::chrono::milliseconds tick) : tick_(tick) {}

  /// Falls due at `due` or up to one tick later; replaces the deadline it had.
  void set(T& thing, Instant due) {
    remove(thing);
    const std::int64_t tick = due.time_since_epoch() / tick_ + 1;
    auto& slot = slots_[tick];
    thing.deadline = Place{tick, slot.insert(slot.end(), &thing)};
  }

  void remove(T& thing) {
    if (!thing.deadline) return;
    const auto slot = slots_.find(thing.deadline->tick);
    slot->second.erase(thing.deadline->at);
    if (slot->second.empty()) slots_.erase(slot);
    thing.deadline.reset();
  }

  /// Something that is due, its deadline taken away; null when nothing is.
  T* take_due(Instant now) {
    if (slots_.empty() || instant_of(slots_.begin()->first) > now) return nullptr;
    T* thing = slots_.begin()->second.front();
    remove(*thing);
    return thing;
  }

  std::optional<Instant> next() const {
    if (slots_.empty()) return std::nullopt;
    return instant_of(slots_.begin()->first);
  }

 private:
  Instant instant_of(std::int64_t tick) const { return Instant(tick_ * tick); }

  const std::chrono::milliseconds tick_;
  std::map<std::int64_t, std::list<T*>> slots_;
};

}  // namespace taskman::feed
