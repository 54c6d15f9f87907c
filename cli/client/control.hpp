#pragma once
// The life of a daemon from outside: is it there, end it. Nothing here starts one.

#include <cstdint>
#include <optional>

#include "cli/client/connection.hpp"
#include "cli/client/deadline.hpp"
#include "common/config/paths.hpp"
#include "common/wire/views.hpp"

namespace taskman::client {

/// What the daemon on paths.socket says of itself; none when nobody listens there. Throws
/// kUnreachable, kTimeout (naming the process) when it listens but does not answer.
std::optional<wire::Health> find_health(const config::Paths& paths, const Deadline& deadline);

/// What to do about a daemon that a command is just starting.
enum class Starting {
  kWait,    ///< it is meant as well
  kIgnore,  ///< for who holds the start lock
};

/// What was ended: its process id; none when no daemon ran. Returns when it is gone: the socket
/// removed, the lock free, the process ended. Throws kConflict when the database's daemon listens
/// on another socket, kTimeout naming the process.
std::optional<std::int64_t> stop_daemon(const config::Paths& paths, const Deadline& deadline,
                                        Starting starting = Starting::kWait);

/// Refuses (kForbidden) a daemon that runs as somebody else: who makes the socket's folder first in
/// /tmp would get to know, and to answer, everything.
void check_peer(const Connection& connection, const std::string& socket);

/// Refuses (kUnreachable) a daemon that serves another database than `paths` says: a socket and a
/// database that were both named may not belong together. Throws ConnectionLost, OutOfTime.
void check_database(Connection& connection, const config::Paths& paths, const Deadline& deadline);

}  // namespace taskman::client
