#pragma once
// Starts the daemon when nobody listens: exactly one, however many commands want it at once.

#include <string>
#include <vector>

#include "cli/client/deadline.hpp"
#include "common/config/account.hpp"
#include "common/config/paths.hpp"
#include "common/util/fd.hpp"
#include "common/wire/views.hpp"

namespace taskman::client {

struct LaunchPlan {
  config::Paths paths;
  config::Account account;
  /// The daemon's program; empty: taskmand beside this program, else on PATH.
  std::string program;
  /// The file TASKMAN_CONFIG names, absolute: the daemon stands in another folder. Empty: none.
  std::string config;
};

enum class Started { kNow, kBefore };

/// Returns when a daemon listens on paths.socket: this one's, or another's that came first. The
/// daemon lives on without a terminal, a working folder or any descriptor of ours. Throws what the
/// daemon said when it could not start, kUnreachable when it said nothing, kTimeout.
Started start_daemon(const LaunchPlan& plan, const Deadline& deadline);

struct Serving {
  Started started = Started::kBefore;
  wire::Health health;
};

/// Returns when a daemon on paths.socket has answered: what listens may be ending, and then another
/// is started. Throws as start_daemon() and find_health().
Serving serve(const LaunchPlan& plan, const Deadline& deadline);

/// Becomes the daemon, in the foreground, logging to stderr. Comes back only to throw kUnreachable.
[[noreturn]] void become_daemon_here(const LaunchPlan& plan);

/// While it is held, no command starts a daemon on this socket. Throws kTimeout.
util::Fd lock_start(const LaunchPlan& plan, const Deadline& deadline);

/// taskmand and the flags that say which database it is about. Throws kUnreachable when there is no
/// such program.
std::vector<std::string> command_of(const LaunchPlan& plan);

/// The path of taskmand; empty when there is none.
std::string find_daemon_program();

}  // namespace taskman::client
