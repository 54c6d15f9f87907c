#include "cli/commands/daemon_facts.hpp"

#include <chrono>

#include "cli/commands/detail.hpp"
#include "cli/render/table.hpp"
#include "common/config/holder.hpp"
#include "common/util/text.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/local.hpp"

namespace taskman::cli {
namespace {

using render::Tone;

render::Fields known_fields() { return wire::field_names(wire::encode(wire::DaemonStatus{})); }

constexpr Kind kDaemon{"pid", "daemons", "running,pid,version,socket,database,log", known_fields};

/// Behind a socket somebody named can be the daemon of any database.
bool serves_ours(const config::Paths& paths, std::int64_t pid) {
  const auto holder = config::find_holder(paths.lock);
  return holder && holder->pid == pid;
}

void add_health(Session& session, wire::DaemonStatus& status, const wire::Health& health) {
  const auto up = std::chrono::floor<std::chrono::seconds>(session.now() - health.started_at);
  status.running = true;
  status.pid = health.pid;
  status.version = health.version;
  status.started_at = health.started_at;
  status.uptime_seconds = std::max<std::int64_t>(up.count(), 0);
  status.store = health.store;
  status.cursor = health.head;
}

}  // namespace

const Kind& daemon_kind() { return kDaemon; }

wire::Envelope daemon_facts(Session& session, const std::optional<wire::Health>& health) {
  const auto& target = session.target();
  wire::DaemonStatus status{.socket = target.paths.socket};
  if (health) add_health(session, status, *health);
  const bool known =
      health ? serves_ours(target.paths, health->pid) : target.hosting == config::Hosting::kOurs;
  if (known) {
    status.database = target.paths.database;
    status.log = target.paths.log;
  }
  return {.kind = "daemon.status", .data = wire::encode(status)};
}

std::string daemon_detail(Session& session, const std::string& data) {
  const auto status = wire::decode_daemon_status(data);
  const std::string unknown = status.running ? "not known here: the socket was named" : "";
  return render::to_text(
      {{"state",
        {status.running ? "running" : "not running", status.running ? Tone::kGood : Tone::kBad}},
       {"process", {status.pid ? std::to_string(*status.pid) : ""}},
       {"version", {status.version.value_or("")}},
       {"started", {status.started_at ? when_text(session, *status.started_at) : ""}},
       {"socket", {status.socket}},
       {"database", {status.database.value_or(unknown)}},
       {"log", {status.log.value_or("")}},
       {"store", {status.store.value_or("")}},
       {"cursor", {status.cursor.value_or("")}}},
      session.colour());
}

std::string daemon_name(Session& session, std::int64_t pid) {
  return "process " + std::to_string(pid) + " on " + session.target().paths.socket;
}

int print_daemon(Session& session, const std::optional<wire::Health>& health,
                 const std::string& line) {
  return print_document(session, daemon_facts(session, health),
                        line.empty() ? line : util::escape_for_terminal(line) + "\n");
}

}  // namespace taskman::cli
