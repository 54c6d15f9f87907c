#pragma once
// One batch of the feed, for readers that ask instead of waiting.

#include "daemon/feed/subscription.hpp"
#include "daemon/store/store.hpp"

namespace taskman::feed {

/// The frames after `request.since`, or the `request.latest` newest, the same bytes a stream
/// carries. Looks at a bounded part of the log, so an answer may be empty and yet say `more`.
/// Throws kCursorGone.
PollAnswer poll(store::ReadTx& tx, const PollRequest& request);

}  // namespace taskman::feed
