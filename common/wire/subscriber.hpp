#pragma once
// A reader of the change feed, as others see it.

#include <cstdint>
#include <string>
#include <string_view>

namespace taskman::wire {

/// An item of kind `subscriber.list`.
struct Subscriber {
  std::string actor;
  std::string origin;
  std::string transport;  ///< `sse`, `ndjson`, `websocket` or `long_poll`
  std::string wants;      ///< what it selects, as in its URL; empty: everything
  std::string cursor;     ///< everything up to here is sent or not wanted
  std::int64_t lag = 0;   ///< revisions from there to the newest
  std::int64_t frames = 0;
  std::int64_t seconds = 0;  ///< since it came
  bool blocked = false;      ///< its socket is full
  bool operator==(const Subscriber&) const = default;
};

std::string encode(const Subscriber& subscriber);
Subscriber decode_subscriber(std::string_view json);

}  // namespace taskman::wire
