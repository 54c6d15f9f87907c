#include <array>

#include "cli/client/control.hpp"
#include "cli/client/launcher.hpp"
#include "cli/commands/daemon_facts.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kExamples{
    Example{"taskman daemon restart", "after a change of its settings, or an upgrade"},
};

int run(Session& session, const Invocation&) {
  const auto plan = session.local_daemon();
  const auto deadline = session.deadline();
  const auto ended = client::stop_daemon(plan.paths, deadline);
  const auto health = client::serve(plan, deadline).health;
  return print_daemon(session, health,
                      (ended ? "restarted: " : "started: ") + daemon_name(session, health.pid));
}

}  // namespace

extern const Command kDaemonRestart;
constinit const Command kDaemonRestart{
    .noun = "daemon",
    .verb = "restart",
    .summary = "end the daemon and start it anew",
    .description = "Watchers go on where they were. Starts it also when none ran.",
    .examples = kExamples,
    .answers = daemon_kind,
    .needs = Needs::kSettings,
    .run = run};

}  // namespace taskman::cli
