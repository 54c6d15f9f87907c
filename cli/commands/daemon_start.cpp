#include <array>

#include "cli/client/launcher.hpp"
#include "cli/commands/daemon_facts.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kExamples{
    Example{"taskman daemon start", "done when it serves; every command does it by itself"},
    Example{"taskman daemon start --json", "what runs then"},
};

int run(Session& session, const Invocation&) {
  const auto plan = session.local_daemon();
  const auto [started, health] = client::serve(plan, session.deadline());
  const std::string verb = started == client::Started::kNow ? "started: " : "already running: ";
  return print_daemon(session, health, verb + daemon_name(session, health.pid));
}

}  // namespace

extern const Command kDaemonStart;
constinit const Command kDaemonStart{
    .noun = "daemon",
    .verb = "start",
    .summary = "start the daemon, if it does not run",
    .description = "Returns when it serves. What keeps it from that is said, with the way out.",
    .examples = kExamples,
    .answers = daemon_kind,
    .needs = Needs::kSettings,
    .run = run};

}  // namespace taskman::cli
