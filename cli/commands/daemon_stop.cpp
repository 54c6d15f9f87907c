#include <unistd.h>

#include <array>

#include "cli/client/control.hpp"
#include "cli/commands/daemon_facts.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kExamples{
    Example{"taskman daemon stop", "done when it is gone; a success also when none runs"},
};

int run(Session& session, const Invocation&) {
  const auto plan = session.local_daemon();
  const auto ended = client::stop_daemon(plan.paths, session.deadline());
  if (!ended) {
    session.notice("taskman: no daemon runs on " + plan.paths.socket);
    return print_daemon(session, std::nullopt, "");
  }
  // A daemon removes its own socket; systemd's stays.
  if (::access(plan.paths.socket.c_str(), F_OK) == 0) {
    session.notice("taskman: something else listens on " + plan.paths.socket +
                   " and may start it again; if it is systemd: "
                   "systemctl --user stop taskmand.socket");
  }
  return print_daemon(session, std::nullopt, "stopped: process " + std::to_string(*ended));
}

}  // namespace

extern const Command kDaemonStop;
constinit const Command kDaemonStop{
    .noun = "daemon",
    .verb = "stop",
    .summary = "end the daemon",
    .description =
        "It finishes what is in flight and says goodbye to watchers. Returns when it is gone.",
    .examples = kExamples,
    .answers = daemon_kind,
    .needs = Needs::kNothing,
    .run = run};

}  // namespace taskman::cli
