#pragma once
// What the `daemon` commands print of a daemon.

#include <optional>
#include <string>
#include <string_view>

#include "cli/commands/print.hpp"
#include "cli/session/session.hpp"
#include "common/wire/envelope.hpp"
#include "common/wire/views.hpp"

namespace taskman::cli {

/// Kind `daemon.status`; without health it does not run.
wire::Envelope daemon_facts(Session& session, const std::optional<wire::Health>& health);

const Kind& daemon_kind();
/// For people.
std::string daemon_detail(Session& session, const std::string& data);

/// What became of it: `started: process 17 on /run/…`; with --json its status, with -q its process
/// id. The exit code.
int print_daemon(Session& session, const std::optional<wire::Health>& health,
                 const std::string& line);

/// `process 17 on /run/user/1000/taskman/taskman.sock`.
std::string daemon_name(Session& session, std::int64_t pid);

}  // namespace taskman::cli
