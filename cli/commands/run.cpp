#include <optional>

#include "cli/client/interrupts.hpp"
#include "cli/commands/claim.hpp"
#include "cli/commands/ids.hpp"
#include "cli/commands/move.hpp"
#include "cli/commands/print.hpp"
#include "cli/commands/task_command.hpp"
#include "cli/commands/values.hpp"
#include "cli/session/ended_as.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/claims.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;

constexpr std::array kArgs{
    Arg{.name = "FILTER",
        .arity = Arity::kAny,
        .complete = Complete::kFilter,
        .help = "which tasks; an id alone (42 or #42) means that one"},
    Arg{.name = "CMD",
        .arity = Arity::kBehind,
        .complete = Complete::kFile,
        .help = "what works on the task: a program and its arguments, not a line for a shell"},
};
constexpr std::string_view kBlock = "block";
constexpr std::array<std::string_view, 2> kFailures{"release", kBlock};
constexpr auto kFlags = join(
    std::array{
        Flag{.name = "claim",
             .value = "",
             .help = "claim a task for the time CMD takes: the first that is ready, or "
                     "the one with the id"},
        Flag{.name = "on-failure",
             .value = "WHAT",
             .help = "what becomes of the task when CMD fails; released, as without this, it is "
                     "taken again, blocked it is left to people",
             .complete = Complete::kChoice,
             .choices = kFailures},
        Flag{.name = "dry-run", .value = "", .help = "say which task it would be, run nothing"}},
    kOrderFlag, kLeaseFlag);
constexpr std::array kExamples{
    Example{"taskman run --claim -- make check", "the most urgent task that waits"},
    Example{"taskman run --claim label:build --lease 2m --as worker-1 -- ./build.sh",
            "a worker of a pool: exit 8 when nothing is left"},
    Example{"taskman run --claim label:build --on-failure block -- ./build.sh",
            "one that fails does not come first again"},
    Example{"taskman run --claim 42 -- sh -c 'echo \"$TASKMAN_TASK_TITLE\"'", "this one task"},
};

// As a shell has it.
constexpr int kNotRunnable = 126;
constexpr int kNoProgram = 127;

constexpr std::size_t kLongestProgram = 200;  // in the reason of a block

wire::Envelope claim(Session& session, const Invocation& invocation) {
  const auto& words = invocation.all("FILTER");
  const auto id = words.size() == 1 ? find_id(words.front()) : std::nullopt;
  if (id) refuse_flag(invocation, "order", "there is one task " + words.front() + " only");
  auto call = id ? write_call(invocation, "POST", wire::task_path(*id, "claim"),
                              wire::encode(wire::Claim{lease_of(invocation), true}))
                 : next_claim(session, invocation, words);
  return session.api().write(std::move(call));
}

/// What becomes of the task.
Ending ending_of(const Invocation& invocation, const Ended& ended) {
  if (ended.code == 0) return {.kind = Ending::Kind::kDone};
  const bool blocks = invocation.value("on-failure") == kBlock && !ended.was_told;
  if (!blocks) return {.kind = Ending::Kind::kReleased};
  return {.kind = Ending::Kind::kBlocked,
          .reason =
              util::escape_for_terminal(util::fit(invocation.all("CMD").front(), kLongestProgram)) +
              " ended with " + std::to_string(ended.code)};
}

/// With --json there is the document, and nothing beside it.
bool is_document(const Session& session, const Invocation& invocation) {
  return session.mode() == Mode::kJson && is_shaped(invocation);
}

void say(Session& session, const Invocation& invocation, const std::string& line) {
  if (!is_document(session, invocation)) session.notice("taskman: " + line);
}

/// `done 42  Title`.
std::string sentence(const std::string& said, const std::string& task) {
  return said + " " + wire::field_text(task, "id").value_or("") + "  " +
         util::escape_for_terminal(wire::field_text(task, "title").value_or(""));
}

/// Stdout is the command's: it gets what a flag asked for, and no sentence.
void tell(Session& session, const Invocation& invocation, const HeldTask& task, int exit_code) {
  if (is_shaped(invocation)) {
    print_written(session, invocation, task_run(task.current(), exit_code), task_run_kind(),
                  task.outcome());
  } else {
    say(session, invocation, sentence(task.outcome(), task.current().data));
  }
}

/// Of what failed after the command: how that ended. People were told.
Error with_exit_code(const Session& session, const Error& failure, int code) {
  if (session.mode() != Mode::kJson) return failure;
  auto fields = failure.fields();
  fields.push_back({"exit_code", std::to_string(code)});
  return {failure.code(), failure.message(), failure.hint(), std::move(fields)};
}

/// While it lives, the API's calls give up once `fd` is readable.
class GiveUpOn {
 public:
  GiveUpOn(client::Api& api, int fd) : api_(api) { api_.give_up_on(fd); }
  ~GiveUpOn() { api_.give_up_on(-1); }
  GiveUpOn(const GiveUpOn&) = delete;
  GiveUpOn& operator=(const GiveUpOn&) = delete;

 private:
  client::Api& api_;
};

/// The task is given back before that is told.
[[noreturn]] void refuse_start(Session& session, HeldTask& held, const Error& failure) {
  const int code = failure.code() == Code::kNotFound ? kNoProgram : kNotRunnable;
  try {
    client::Interrupts interrupts;
    const GiveUpOn give_up(session.api(), interrupts.descriptor());
    held.settle({.kind = Ending::Kind::kReleased}, [&] { return interrupts.take(); });
  } catch (const Error& unsettled) {
    throw EndedAs{
        code, {failure.code(), failure.message() + "; " + unsettled.message(), unsettled.hint()}};
  }
  throw EndedAs{code, failure};
}

/// Whatever goes wrong after the command's end, that it had is told; and who runs a command that
/// failed ends as it did.
void settle(Session& session, HeldTask& held, client::ChildProcess& child, const Ended& ended) {
  try {
    held.settle(ending_of(session.invocation(), ended), [&] { return child.told_since(); });
  } catch (const Error& failure) {
    if (ended.code == 0) throw with_exit_code(session, failure, 0);
    throw EndedAs{ended.code, with_exit_code(session, failure, ended.code)};
  } catch (const client::Interrupted& interrupted) {
    throw client::Interrupted{interrupted.signal,
                              with_exit_code(session, interrupted.told.value(), ended.code)};
  }
}

int work(Session& session, const Invocation& invocation, HeldTask& held,
         const client::ChildStart& start) {
  std::optional<client::ChildProcess> child;
  try {
    child.emplace(start);
  } catch (const Error& failure) {
    refuse_start(session, held, failure);
  }
  const GiveUpOn give_up(session.api(), child->descriptor());
  const Ended ended = attend(*child, held);
  const std::string line = "CMD ended with " + std::to_string(ended.code);
  if (ended.code == 0) {
    session.verbose("taskman: " + line);
  } else {
    say(session, invocation, line);
  }
  settle(session, held, *child, ended);
  tell(session, invocation, held, ended.code);
  return ended.code;
}

int run(Session& session, const Invocation& invocation) {
  if (!invocation.has("claim"))
    throw Error(Code::kUsage, "--claim is missing",
                "write taskman run --claim -- CMD; it says that a task is taken");
  const auto asked = client::Steady::now();
  const auto answer = claim(session, invocation);
  if (invocation.has("dry-run")) {
    return print_written(session, invocation, task_run(answer, std::nullopt), task_run_kind(),
                         "claimed");
  }
  say(session, invocation, sentence("claimed", answer.data));
  HeldTask held(session, answer,
                {.lease = lease_of(invocation).value_or(model::kUsualLease), .asked = asked});
  return work(session, invocation, held, command_on(session, invocation, answer));
}

}  // namespace

extern const Command kRun;
constinit const Command kRun{
    .noun = "",
    .verb = "run",
    .summary = "run a command on a claimed task",
    .description =
        "Claims a task, renews the lease while CMD runs, and then marks the task done when CMD "
        "ends with exit code 0, or releases it and ends with CMD's code. Nothing to claim is exit "
        "8; claimed already, also under your own name, exit 4. What is made of the task under your "
        "own name while CMD runs counts, as when CMD closes, releases or deletes it: CMD goes on, "
        "and run ends with its code. What others make of it is exit 4: when they claim, release or "
        "delete it, or the lease runs out, CMD is ended; when CMD ends with 0 and they moved the "
        "task to a state other than done, it stays there. Interrupted or terminated, run passes "
        "the signal on and releases the task, also when CMD ends with 0 then. CMD finds "
        "TASKMAN_TASK_ID, TASKMAN_TASK_TITLE, TASKMAN_TASK_JSON (what `task show --json` has as "
        "data; a body too long for a variable is left out), TASKMAN_LEASE_TOKEN (a number that "
        "only grows, for what must refuse a worker that was overtaken) and TASKMAN_ACTOR in its "
        "environment. Stdin and stdout are CMD's; a flag such as --json puts the task behind what "
        "CMD wrote, a setting does not. No program of that name is 127, one that cannot be run "
        "126. CMD's code may be one that run has itself: exit_code of --json or of --format "
        "'{exit_code}' is CMD's, and nothing is printed when the code is run's own; or keep them "
        "apart with -- sh -c './build.sh || exit 1'.",
    .args = kArgs,
    .flags = kFlags,
    .examples = kExamples,
    .output = Output::kThing,
    .answers = task_run_kind,
    .origin = wire::kRunOrigin,
    .run = run};

}  // namespace taskman::cli
