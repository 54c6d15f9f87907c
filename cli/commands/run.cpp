#include <optional>

#include "cli/client/child_process.hpp"
#include "cli/commands/claim.hpp"
#include "cli/commands/held_task.hpp"
#include "cli/commands/ids.hpp"
#include "cli/commands/move.hpp"
#include "cli/commands/print.hpp"
#include "cli/commands/values.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/claims.hpp"
#include "common/wire/entities.hpp"
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
constexpr auto kFlags = join(
    std::array{
        Flag{.name = "claim",
             .value = "",
             .help = "claim a task for the time CMD takes: the first that is ready, or "
                     "the one with the id"},
        Flag{.name = "order",
             .value = "KEYS",
             .help = "which comes first; default priority,due",
             .complete = Complete::kSortKey},
        Flag{.name = "dry-run", .value = "", .help = "say which task it would be, run nothing"}},
    kLeaseFlag);
constexpr std::array kExamples{
    Example{"taskman run --claim -- make check", "the most urgent task that waits"},
    Example{"taskman run --claim label:build --lease 2m --as worker-1 -- ./build.sh",
            "a worker of a pool: exit 8 when nothing is left"},
    Example{"taskman run --claim 42 -- sh -c 'echo \"$TASKMAN_TASK_TITLE\"'", "this one task"},
};

constexpr std::size_t kLongestVariable = 100'000;  // bytes; the system allows 128 KiB

wire::Envelope claim(Session& session, const Invocation& invocation) {
  const auto& words = invocation.all("FILTER");
  const auto id = words.size() == 1 ? find_id(words.front()) : std::nullopt;
  if (id) refuse_flag(invocation, "order", "there is one task " + words.front() + " only");
  auto call = id ? write_call(invocation, "POST", wire::task_path(*id, "claim"),
                              wire::encode(wire::Claim{lease_of(invocation), true}))
                 : next_claim(session, invocation, words);
  return session.api().write(std::move(call));
}

/// The task as JSON; without its body when that is more than a variable can hold.
std::string variable_of(const std::string& task) {
  if (task.size() <= kLongestVariable) return task;
  auto fields = wire::field_names(task);
  std::erase(fields, "body");
  return wire::select_fields(task, fields);
}

client::ChildStart start_of(Session& session, const Invocation& invocation,
                            const wire::Envelope& answer) {
  const std::string& task = answer.data;
  const auto token = wire::decode_task(task).lease.value().token;
  client::ChildStart start{.words = invocation.all("CMD"),
                           .environment = {
                               {"TASKMAN_TASK_ID", wire::field_text(task, "id").value()},
                               {"TASKMAN_TASK_TITLE", wire::field_text(task, "title").value()},
                               {"TASKMAN_TASK_JSON", variable_of(task)},
                               {"TASKMAN_LEASE_TOKEN", std::to_string(token)},
                               {"TASKMAN_ACTOR", session.actor()},
                           }};
  for (auto& variable : config::environment_of(session.target()))
    start.environment.push_back(std::move(variable));
  return start;
}

/// What became of the command.
struct Ended {
  int code;  ///< its exit code; of one that could not be started as a shell has it
  bool succeeded;
};

/// Who is asked to end has not done the work, even when the command's last word is 0.
Ended end_of(const client::ChildProcess& child) {
  constexpr int kBySignal = 128;
  const int code = child.exit_code();
  if (code == 0 && child.told() != 0) return {kBySignal + child.told(), false};
  return {code, code == 0};
}

Ended attend(Session& session, HeldTask& task, const client::ChildStart& start) {
  std::optional<client::ChildProcess> child;
  try {
    child.emplace(start);
  } catch (const Error& failure) {
    session.notice("taskman: " + failure.message());
    return {failure.code() == Code::kNotFound ? 127 : 126, false};
  }
  struct GiveUp {
    client::Api& api;
    ~GiveUp() { api.give_up_on(-1); }
  } const give_up{session.api()};
  session.api().give_up_on(child->descriptor());
  while (!child->wait(task.rest())) task.keep();
  return end_of(*child);
}

/// As `done 42  Title` says it.
std::string_view outcome_of(const wire::Envelope& answer) {
  const auto status = wire::decode_task(answer.data).status;
  return model::is_open(status) ? "released" : model::name(status);
}

/// Stdout is the command's: it gets what a flag asked for, and no sentence.
void tell(Session& session, const Invocation& invocation, const wire::Envelope& answer) {
  const auto said = outcome_of(answer);
  if (is_shaped(invocation)) {
    print_written(session, invocation, answer, task_kind(), said);
    return;
  }
  session.notice("taskman: " + std::string(said) + " " +
                 wire::field_text(answer.data, "id").value_or("") + "  " +
                 util::escape_for_terminal(wire::field_text(answer.data, "title").value_or("")));
}

/// A command that failed is told of by its code; what else went wrong is no more than a notice.
void settle(Session& session, const Invocation& invocation, HeldTask& task, bool succeeded) {
  try {
    tell(session, invocation, task.settle(succeeded));
  } catch (const Error& failure) {
    if (succeeded) throw;
    session.notice("taskman: not released: " + failure.message());
  }
}

int run(Session& session, const Invocation& invocation) {
  if (!invocation.has("claim"))
    throw Error(Code::kUsage, "--claim is missing",
                "write taskman run --claim -- CMD; it says that a task is taken");
  const auto asked = client::Steady::now();
  const auto answer = claim(session, invocation);
  if (invocation.has("dry-run"))
    return print_written(session, invocation, answer, task_kind(), "claimed");
  session.notice("taskman: claimed " + wire::field_text(answer.data, "id").value() + "  " +
                 util::escape_for_terminal(wire::field_text(answer.data, "title").value()));
  HeldTask held(session, answer,
                {.lease = lease_of(invocation).value_or(model::kUsualLease), .asked = asked});
  const Ended ended = attend(session, held, start_of(session, invocation, answer));
  settle(session, invocation, held, ended.succeeded);
  return ended.code;
}

}  // namespace

extern const Command kRun;
constinit const Command kRun{
    .noun = "",
    .verb = "run",
    .summary = "run a command on a claimed task",
    .description =
        "Claims a task, renews the lease while CMD runs, and then marks the task done when CMD "
        "ends with exit code 0, or releases it and ends with CMD's code. What CMD itself makes of "
        "the task counts: one that it closed or moved to another state stays so. Nothing to claim "
        "is exit 8; claimed already, also under your own name, exit 4, and so when the lease is "
        "lost while CMD runs: CMD is ended then. Interrupted or terminated, run passes the signal "
        "on and releases the task, also when CMD ends with 0 then. CMD finds TASKMAN_TASK_ID, "
        "TASKMAN_TASK_TITLE, TASKMAN_TASK_JSON (what `task show --json` has as data; a body too "
        "long for a variable is left out), TASKMAN_LEASE_TOKEN (a number that only grows, for what "
        "must refuse a worker that was overtaken) and TASKMAN_ACTOR in its environment. Stdin and "
        "stdout are CMD's; a flag such as --json puts the task behind what CMD wrote, a setting "
        "does not. No program of that name is 127, one that cannot be run 126.",
    .args = kArgs,
    .flags = kFlags,
    .examples = kExamples,
    .output = Output::kThing,
    .answers = task_kind,
    .origin = wire::kRunOrigin,
    .run = run};

}  // namespace taskman::cli
