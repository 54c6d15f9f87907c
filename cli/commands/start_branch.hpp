#pragma once
// `task start --branch`: the branch is checked out and the task started, or neither.

#include "cli/session/session.hpp"

namespace taskman::cli {

/// The exit code. Throws kUsage unless exactly one task is named by its id.
int start_on_branch(Session& session, const Invocation& invocation);

}  // namespace taskman::cli
