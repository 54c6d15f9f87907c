#pragma once
// Following the feed, as `watch` and `events` do.

#include <optional>
#include <string>

#include "cli/client/follower.hpp"
#include "cli/session/session.hpp"

namespace taskman::cli {

/// --since. Throws kInvalidValue for what is no cursor.
std::optional<std::string> since_of(const Invocation& invocation);

/// What a person should know of it; empty for a frame and the like.
std::string told(const client::Happening& happening);

/// What happens next, at the latest at the deadline; what a person should know of it is said on
/// stderr. A frame, a reset, being back, the deadline, or the end.
client::Happening next_happening(Session& session, client::Follower& follower,
                                 const client::Deadline& deadline);

/// Of a command that was asked to end.
int exit_code(const client::Wakeups& wakeups);

}  // namespace taskman::cli
