#pragma once
// The hub owns every waiting reader of the change feed. It runs on the event loop's thread.

#include <chrono>
#include <cstdint>
#include <string>

#include "common/time/clock.hpp"
#include "common/util/fd.hpp"
#include "common/util/random.hpp"
#include "daemon/feed/subscription.hpp"
#include "daemon/net/event_loop.hpp"
#include "daemon/store/store.hpp"

namespace taskman::feed {

struct HubFigures {
  std::int64_t subscriptions = 0;
  std::int64_t frames_sent = 0;
  std::int64_t resets = 0;
  std::int64_t slow_closed = 0;
};

struct HubOptions {
  std::chrono::milliseconds heartbeat{15000};
  std::chrono::milliseconds stuck{30000};   ///< a reader that takes nothing for so long is closed, resumable
};

}  // namespace taskman::feed
