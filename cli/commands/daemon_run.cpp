#include <array>

#include "cli/client/launcher.hpp"
#include "cli/session/session.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kExamples{
    Example{"taskman daemon run", "in this terminal, its log on stderr; Ctrl-C ends it"},
    Example{"taskman daemon run --url sqlite:/tmp/try.db", "for another database"},
};

int run(Session& session, const Invocation&) { client::become_daemon_here(session.local_daemon()); }

}  // namespace

extern const Command kDaemonRun;
constinit const Command kDaemonRun{
    .noun = "daemon",
    .verb = "run",
    .summary = "be the daemon, in the foreground",
    .description =
        "For supervisors and for a look at what it does. Ends as taskmand does, which it becomes: "
        "it is the one command without an answer, and so without --json and its like.",
    .examples = kExamples,
    .output = Output::kNone,
    .needs = Needs::kSettings,
    .run = run};

}  // namespace taskman::cli
