#include <fmt/core.h>

#include <filesystem>
#include <system_error>

#include "cli/client/offline.hpp"
#include "cli/commands/confirm.hpp"
#include "cli/commands/files.hpp"
#include "cli/commands/print.hpp"
#include "cli/session/busy.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/fields.hpp"

namespace taskman::cli {
namespace {

namespace fs = std::filesystem;
using error::Code;
using error::Error;

constexpr std::array kArgs{
    Arg{.name = "FILE", .complete = Complete::kFile, .help = "what taskman backup wrote"},
};
constexpr std::array kFlags{kYesFlag};
constexpr std::array kExamples{
    Example{"taskman restore tasks-2026-11-23.db", "asks first, on a terminal"},
    Example{"taskman restore latest.db --yes --url sqlite:/srv/copy.db", "into another database"},
};

/// A mistyped name should not cost anybody the daemon. What is in the file taskmand looks at.
void check_file(const std::string& path) {
  std::error_code failure;
  const auto kind = fs::status(path, failure).type();
  if (kind == fs::file_type::not_found)
    throw Error(Code::kNotFound, fmt::format("there is no backup {}", path));
  if (kind != fs::file_type::regular)
    throw Error(Code::kInvalidValue, fmt::format("{} is not a file", path),
                "name a file that taskman backup wrote");
}

/// The address of a daemon does not tell where its database is.
client::LaunchPlan plan_of(Session& session) {
  if (session.target().hosting == config::Hosting::kOurs) return session.local_daemon();
  throw Error(Code::kUsage,
              fmt::format("{} does not tell which file to restore into",
                          session.settings().text(config::Key::kUrl).value_or("the url")),
              "name the database: --url sqlite:/path/to/taskman.db");
}

struct Outcome {
  std::string database;
  std::string kept;
  bool started = false;
};

Outcome restore(Session& session, const client::LaunchPlan& plan, const std::string& backup) {
  Busy busy(session, "ending the daemon");
  Outcome outcome{.database = plan.paths.database};
  std::optional<Error> refused;
  {
    const client::Offline offline(plan, session.deadline());
    outcome.started = offline.had_daemon();
    busy.say("checking and copying");
    try {
      outcome.kept = offline.restore(backup);
    } catch (const Error& failure) {
      refused = failure;
    }
  }
  if (outcome.started) client::start_daemon(plan, session.deadline());
  if (refused) throw *refused;
  return outcome;
}

std::string text_of(const std::string& backup, const Outcome& outcome) {
  std::string text =
      fmt::format("restored {} from {}\n", util::escape_for_terminal(outcome.database),
                  util::escape_for_terminal(backup));
  if (!outcome.kept.empty()) {
    text +=
        fmt::format("kept the database before it as {}\n", util::escape_for_terminal(outcome.kept));
  }
  return text;
}

int run(Session& session, const Invocation& invocation) {
  const auto backup = absolute_path(session, invocation.first("FILE").value());
  const auto plan = plan_of(session);
  check_file(backup);
  const auto& database = plan.paths.database;
  confirm(session, invocation, fmt::format("replace {} by {}", database, backup));
  const auto outcome = restore(session, plan, backup);
  const auto data =
      wire::object_of({{"path", wire::quote(backup)},
                       {"database", wire::quote(outcome.database)},
                       {"kept", outcome.kept.empty() ? "null" : wire::quote(outcome.kept)},
                       {"restarted", outcome.started ? "true" : "false"}});
  return print_document(session, "restore", data, text_of(backup, outcome));
}

}  // namespace

extern const Command kRestore;
constinit const Command kRestore{
    .noun = "",
    .verb = "restore",
    .summary = "put a backup in the place of the store",
    .description =
        "Ends the daemon, checks the backup, keeps the present database beside the new one, and "
        "starts the daemon again if it had run. A damaged file, one of another program or of a "
        "newer version is refused and nothing is changed. Watchers are told that the log was "
        "replaced.",
    .args = kArgs,
    .flags = kFlags,
    .examples = kExamples,
    .output = Output::kText,
    .answers = restore_kind,
    .needs = Needs::kSettings,
    .patience = Patience::kLong,
    .run = run};

}  // namespace taskman::cli
