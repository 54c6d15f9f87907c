#include <optional>

#include "cli/client/child_process.hpp"
#include "cli/commands/claim.hpp"
#include "cli/commands/held_task.hpp"
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
  const auto id = words.size() == 1 ? as_id(words.front()) : std::nullopt;
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

client::ChildStart start_of(Session& session, const Invocation& invocation, const std::string& task,
                            std::int64_t token) {
  client::ChildStart start{.words = invocation.all("CMD"),
                           .environment = {
                               {"TASKMAN_TASK_ID", wire::field_text(task, "id").value()},
                               {"TASKMAN_TASK_TITLE", wire::field_text(task, "title").value()},
                               {"TASKMAN_TASK_JSON", variable_of(task)},
                               {"TASKMAN_LEASE_TOKEN", std::to_string(token)},
                               {"TASKMAN_ACTOR", session.actor()},
                           }};
  if (const auto url = invocation.value("url")) start.environment.emplace_back("TASKMAN_URL", *url);
  return start;
}

/// The exit code of the command; 127 when there is no such program.
int attend(Session& session, HeldTask& task, const client::ChildStart& start) {
  std::optional<client::ChildProcess> child;
  try {
    child.emplace(start);
  } catch (const Error& failure) {
    session.notice("taskman: " + failure.message());
    return 127;
  }
  struct GiveUp {
    client::Api& api;
    ~GiveUp() { api.give_up_on(-1); }
  } const give_up{session.api()};
  session.api().give_up_on(child->descriptor());
  while (!child->wait(task.next_renewal())) task.renew();
  return child->exit_code();
}

/// Stdout is the command's: it gets what was asked for in so many words, and no sentence.
void tell(Session& session, const Invocation& invocation, const wire::Envelope& answer,
          std::string_view said) {
  if (!is_sentence(session, invocation)) {
    print_written(session, invocation, answer, task_kind(), said);
    return;
  }
  session.notice("taskman: " + std::string(said) + " " +
                 wire::field_text(answer.data, "id").value_or("") + "  " +
                 util::escape_for_terminal(wire::field_text(answer.data, "title").value_or("")));
}

void give_back(Session& session, const Invocation& invocation, HeldTask& task) {
  try {
    tell(session, invocation, task.release(), "released");
  } catch (const Error& failure) {
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
  const auto task = wire::decode_task(answer.data);
  session.notice("taskman: claimed " + std::to_string(task.id.value) + "  " +
                 util::escape_for_terminal(task.title));
  const auto lease = lease_of(invocation).value_or(model::kUsualLease);
  const std::int64_t token = task.lease.value().token;
  HeldTask held(session, task.id, {.token = token, .lease = lease, .asked = asked});
  const int code = attend(session, held, start_of(session, invocation, answer.data, token));
  if (code == 0) {
    tell(session, invocation, held.done(), "done");
  } else {
    give_back(session, invocation, held);
  }
  return code;
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
        "8, claimed already, also under your own name, exit 4, and so when the lease is lost while "
        "CMD runs: it is ended then. CMD finds TASKMAN_TASK_ID, TASKMAN_TASK_TITLE, "
        "TASKMAN_TASK_JSON (what `task show --json` has as data; a body too long for a variable is "
        "left out), TASKMAN_LEASE_TOKEN (a number that only grows, for what must refuse a worker "
        "that was overtaken) and TASKMAN_ACTOR in its environment. Stdin and stdout are CMD's.",
    .args = kArgs,
    .flags = kFlags,
    .examples = kExamples,
    .output = Output::kThing,
    .answers = task_kind,
    .origin = wire::kRunOrigin,
    .run = run};

}  // namespace taskman::cli
