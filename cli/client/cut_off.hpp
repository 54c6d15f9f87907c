#pragma once
// A daemon that lives on while the file of its socket was removed or replaced: it listens, and
// nobody can reach it.

#include <optional>

#include "cli/client/deadline.hpp"
#include "cli/client/process.hpp"
#include "common/config/paths.hpp"

namespace taskman::client {

/// The process that holds the lock and listens on paths.socket without being reachable there; none
/// when it is starting, ending, another user's, or when there is no such process.
std::optional<Process> find_cut_off(const config::Paths& paths, const Deadline& deadline);

}  // namespace taskman::client
