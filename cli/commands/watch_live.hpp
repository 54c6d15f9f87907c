#pragma once
// `taskman watch` on a terminal: a view that redraws in place until it is asked to end.

#include <string>

#include "cli/client/follower.hpp"
#include "cli/commands/watch_subject.hpp"
#include "cli/session/session.hpp"

namespace taskman::cli {

/// How the view follows, in words: `live`, `polling every 5 s`.
int run_live_view(Session& session, Subject& subject, client::Follower& follower,
                  const client::Wakeups& wakeups, std::string how);

}  // namespace taskman::cli
