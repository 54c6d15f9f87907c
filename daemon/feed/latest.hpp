#pragma once
// Where to begin for the newest changes of a selection.

#include <cstdint>

#include "daemon/feed/subscription.hpp"
#include "daemon/store/store.hpp"

namespace taskman::feed {

/// The cursor after which the newest `count` selected entries follow; fewer do where the log holds
/// fewer, or when they lie behind the bounded part of it that is looked at.
model::Cursor start_of_latest(store::ReadTx& tx, const Selection& selection, std::int64_t count);

}  // namespace taskman::feed
