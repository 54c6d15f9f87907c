#include <array>

#include "cli/commands/print.hpp"
#include "common/wire/fields.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kExamples{
    Example{"taskman daemon path",
            "the API by hand: curl --unix-socket \"$(…)\" http://localhost/api/v1/health"},
};

int run(Session& session, const Invocation& invocation) {
  const auto socket = session.local_daemon().paths.socket;
  // Only the flag: `$(taskman daemon path)` must be a path whatever the settings say.
  if (invocation.has("json")) {
    return print_document(session, "daemon.path",
                          wire::object_of({{"socket", wire::quote(socket)}}), {});
  }
  session.print(socket + "\n");
  return 0;
}

}  // namespace

extern const Command kDaemonPath;
constinit const Command kDaemonPath{.noun = "daemon",
                                    .verb = "path",
                                    .summary = "print the path of the daemon's socket",
                                    .description = "Starts nothing, asks nobody.",
                                    .examples = kExamples,
                                    .needs = Needs::kNothing,
                                    .run = run};

}  // namespace taskman::cli
