#pragma once
// `taskman watch` in a pipe: each frame a line, or a run of --exec.

#include <string_view>

#include "cli/client/follower.hpp"
#include "cli/commands/watch_subject.hpp"
#include "cli/session/session.hpp"

namespace taskman::cli {

/// Said of --until.
inline constexpr std::string_view kOfNothing =
    "taskman: no task is watched, so --until is true of all at once";

/// Each frame at once, to stdout or to a command, until the goal, with all frames that led to it,
/// or a signal. The exit code.
int run_watch_frames(Session& session, const Invocation& invocation, Subject& subject,
                     client::FollowPlan plan);

}  // namespace taskman::cli
