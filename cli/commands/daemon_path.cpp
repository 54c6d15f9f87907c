#include <array>

#include "cli/commands/print.hpp"
#include "common/wire/fields.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kExamples{
    Example{"taskman daemon path",
            "the API by hand: curl --unix-socket \"$(…)\" http://localhost/api/v1/health"},
};

int run(Session& session, const Invocation&) {
  const auto socket = session.local_daemon().paths.socket;
  return print_content(
      session, {.kind = "daemon.path", .data = wire::object_of({{"socket", wire::quote(socket)}})},
      socket + "\n");
}

}  // namespace

extern const Command kDaemonPath;
constinit const Command kDaemonPath{.noun = "daemon",
                                    .verb = "path",
                                    .summary = "print the path of the daemon's socket",
                                    .description = "Starts nothing, asks nobody.",
                                    .examples = kExamples,
                                    .answers = daemon_path_kind,
                                    .needs = Needs::kNothing,
                                    .run = run};

}  // namespace taskman::cli
