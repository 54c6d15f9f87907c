#include <array>

#include "cli/client/control.hpp"
#include "cli/commands/daemon_facts.hpp"
#include "common/config/holder.hpp"
#include "common/error/error.hpp"
#include "common/wire/local.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kExamples{
    Example{"taskman daemon status", "exit code 0: it runs, 5: it does not"},
    Example{"taskman daemon status --json | jq .data.uptime_seconds", "for how long"},
    Example{"taskman daemon status -q", "its process id, for kill -HUP"},
};

/// Nobody listens on our socket, and the database is taken all the same.
void tell_holder(Session& session, const config::Paths& paths) {
  const auto holder = config::find_holder(paths.lock);
  if (!holder) return;
  session.notice("taskman: " + paths.database + " is held by " + config::to_text(*holder));
}

/// It runs, and its store, or that it takes no connection more, does not let it say more than that.
void tell_running(Session& session, const Invocation& invocation, const config::Paths& paths) {
  const auto holder = config::find_holder(paths.lock);
  const wire::DaemonStatus status{.running = true,
                                  .pid = holder ? std::optional(holder->pid) : std::nullopt,
                                  .socket = paths.socket,
                                  .database = holder ? std::optional(paths.database) : std::nullopt,
                                  .log = holder ? std::optional(paths.log) : std::nullopt};
  print_thing(session, invocation, {.kind = "daemon.status", .data = wire::encode(status)},
              daemon_kind(), daemon_detail);
}

int run(Session& session, const Invocation& invocation) {
  const auto plan = session.local_daemon();
  std::optional<wire::Health> health;
  try {
    health = client::find_health(plan.paths, session.deadline());
  } catch (const error::Error& failure) {
    if (failure.code() == error::Code::kStorageUnavailable ||
        failure.code() == error::Code::kOverloaded)
      tell_running(session, invocation, plan.paths);
    throw;
  }
  print_thing(session, invocation, daemon_facts(session, health), daemon_kind(), daemon_detail);
  if (health) return 0;
  tell_holder(session, plan.paths);
  return error::row(error::Code::kUnreachable).exit_code;
}

}  // namespace

extern const Command kDaemonStatus;
constinit const Command kDaemonStatus{
    .noun = "daemon",
    .verb = "status",
    .summary = "say whether the daemon runs, since when, on what",
    .description =
        "Starts nothing. Exit code 0 when it runs, 5 when it does not or its store does not "
        "answer or it takes no connection more, 124 when it does not answer.",
    .examples = kExamples,
    .output = Output::kThing,
    .answers = daemon_kind,
    .needs = Needs::kNothing,
    .patience = Patience::kShort,
    .run = run};

}  // namespace taskman::cli
