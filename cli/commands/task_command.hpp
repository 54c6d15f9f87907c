#pragma once
// The command that `run` runs on a task.

#include <optional>
#include <string>

#include "cli/client/child_process.hpp"
#include "cli/commands/held_task.hpp"
#include "cli/session/session.hpp"

namespace taskman::cli {

/// It finds the task in its environment, and our store. `claimed` is the answer of the claim.
client::ChildStart command_on(Session& session, const Invocation& invocation,
                              const wire::Envelope& claimed);

/// How it ended.
struct Ended {
  int code;               ///< its exit code, 128 and the number of the signal
  bool was_told = false;  ///< by a signal that was passed on to it: it says nothing about the task
};

/// Waits for its end while the task is held; from then on told_since() tells who asks us to end.
/// Ends it when the task is lost: throws kClaimed.
Ended attend(client::ChildProcess& child, HeldTask& task);

/// The answer of `run`: the task and the exit code, null when nothing was run.
wire::Envelope task_run(wire::Envelope task, std::optional<int> exit_code);

}  // namespace taskman::cli
