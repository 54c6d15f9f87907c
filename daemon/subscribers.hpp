#pragma once
// Who reads the change feed, asked from another thread than the one that knows.

#include "daemon/feed/hub.hpp"
#include "daemon/net/event_loop.hpp"
#include "daemon/service/service.hpp"

namespace taskman {

/// Kind `subscriber.list`. Waits for the loop, which both run on; never called on its thread.
/// Throws kOverloaded when the loop does not answer.
service::Reading subscribers(net::EventLoop& loop, const feed::Hub& hub, const store::Store& store);

}  // namespace taskman
