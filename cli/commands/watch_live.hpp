#pragma once
// `taskman watch` on a terminal: a view that redraws in place until it is asked to end.

#include <string>
#include <vector>

#include "cli/client/follower.hpp"
#include "cli/commands/watch_subject.hpp"
#include "cli/session/session.hpp"

namespace taskman::cli {

struct ViewStart {
  std::string how;                    ///< it follows, in words: `live`, `polling every 5 s`
  std::vector<std::string> frames{};  ///< what happened before, the oldest first
};

/// The exit code, once it was asked to end.
int run_live_view(Session& session, Subject& subject, client::Follower& follower,
                  const client::Wakeups& wakeups, const ViewStart& begin);

}  // namespace taskman::cli
