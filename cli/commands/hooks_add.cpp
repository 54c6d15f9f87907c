#include "cli/commands/files.hpp"
#include "cli/commands/hook_values.hpp"
#include "cli/commands/print.hpp"
#include "cli/commands/values.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/hooks.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;

constexpr auto kFlags = join(
    std::array{
        Flag{.name = "on",
             .value = "CHANGES",
             .help = "types of changes, a filter, or both: 'task.updated status:done', 'sprint.*', "
                     "'*' for everything",
             .complete = Complete::kChanges},
        Flag{.name = "run",
             .value = "COMMAND",
             .help = "run it, in the daemon's HOME, with each change as its stdin"},
        Flag{.name = "post", .value = "URL", .help = "post each change to it, signed"},
        Flag{.name = "secret-file",
             .value = "FILE",
             .help = "what signs the posts, - reads it from stdin; without it a secret is made and "
                     "told, once",
             .complete = Complete::kFile},
    },
    kWriteFlags);
constexpr std::array kExamples{
    Example{"taskman hooks add --on 'task.updated status:done' --run 'jq .rev >>done.log'",
            "a command for every change of a task that is, or was, done"},
    Example{"taskman hooks add --on 'sprint.updated' --post https://ci.example/hook", ""},
    Example{"taskman hooks add --on 'label:release' --post http://localhost:8080/ "
            "--secret-file ~/.hook-secret",
            ""},
};

/// Far more than a secret has; the daemon says how much that is.
constexpr Bound kSecretBound{4096, "without the flag a secret is made for you"};

wire::NewHook wanted(Session& session, const Invocation& invocation) {
  if (!invocation.has("on"))
    throw Error(Code::kUsage, "--on is missing", "say what to tell of: --on 'task.updated'");
  if (invocation.has("run") == invocation.has("post"))
    throw Error(Code::kUsage, "give one of --run and --post", "two hooks can do both");
  wire::NewHook hook{.on = *invocation.value("on"),
                     .run = invocation.value("run"),
                     .post = invocation.value("post"),
                     .secret = std::nullopt,
                     .project = session.settings().text(config::Key::kProject)};
  if (const auto path = invocation.value("secret-file"))
    hook.secret = util::trim(read_input(session, *path, kSecretBound));
  return hook;
}

int run(Session& session, const Invocation& invocation) {
  const auto hook = wanted(session, invocation);
  const auto answer = session.api().write(
      write_call(invocation, "POST", std::string(wire::kHooks), wire::encode(hook)));
  const int code = print_hook(session, invocation, answer, "added");
  const auto secret = wire::decode_hook(answer.data).secret;
  if (!secret) return code;
  // Nobody could ask for it later: it is said where the answer's form leaves it out.
  const bool is_printed = is_sentence(session, invocation) || prints_field(session, "secret");
  if (!is_printed) session.notice("secret " + *secret);
  if (session.mode() != Mode::kJson || !is_printed)
    session.notice("the secret is shown this once; receivers check signatures with it");
  return code;
}

}  // namespace

extern const Command kHooksAdd;
constinit const Command kHooksAdd{
    .noun = "hooks",
    .verb = "add",
    .summary = "run a command, or post to a URL, for every change of a kind",
    .description =
        "The daemon does it, in the order of the log, one change at a time, again until it "
        "succeeds; what fails for good is kept: taskman hooks dead. A filter looks at a task "
        "before "
        "and after the change. A command has HOME, PATH, LANG, LANGUAGE, LC_*, TZ, USER, LOGNAME, "
        "SHELL, TMPDIR and XDG_* of the daemon's environment, no more; beside them "
        "TASKMAN_HOOK_ID, "
        "TASKMAN_REV, TASKMAN_ACTOR (who added the hook) and TASKMAN_URL (this daemon). What it "
        "leaves running is ended with it. A secret that is made is part of the answer; where -q, "
        "--fields, --csv or --format leave it out, it is on stderr. Scripts do better with "
        "--secret-file.",
    .flags = kFlags,
    .examples = kExamples,
    .output = Output::kThing,
    .answers = hook_kind,
    .run = run};

}  // namespace taskman::cli
