#pragma once

#include "daemon/http/request.hpp"
#include "daemon/service/feed.hpp"

namespace taskman::http {

/// How the feed is read. What the one way takes means nothing to the other.
enum class Way { kPoll, kStream };

/// What of the feed a request asks for. Throws kInvalidValue for what cannot be understood, and for
/// parameters that could not be obeyed: those of the other way, and two of which one wins.
service::FeedRequest feed_request(const Request& request, Way way);

}  // namespace taskman::http
