#pragma once
// `min_rev`: a read that may not be older than what its client knows of.

#include <optional>

#include "daemon/feed/subscription.hpp"
#include "daemon/http/request.hpp"
#include "daemon/http/services.hpp"

namespace taskman::http {

/// What has to be waited for, a short time, before the request can be answered; none when it can be
/// now. Throws kRevisionAhead when it has waited already, kCursorGone for the cursor of another
/// history, kInvalidValue for what is no revision.
std::optional<feed::ParkedPoll> missing_revision(const Services& services, const Request& request);

}  // namespace taskman::http
