#include "cli/commands/print.hpp"
#include "cli/commands/task_fields.hpp"
#include "cli/commands/values.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{
    Arg{.name = "TITLE",
        .help = "1 to 500 characters, taken as they are; put -- before a title that begins with a "
                "dash"},
};
constexpr auto kFlags = join(kTaskFieldFlags, kWriteFlags);
constexpr std::array kExamples{
    Example{"taskman task add \"Fix login\" -p p1", "a task of high priority"},
    Example{"id=$(taskman task add \"Fix login\" -q)", "its id, for a script"},
    Example{"taskman task add \"Write notes\" --sprint current --label docs --points 3 --due fri",
            "with more of its fields"},
    Example{"taskman task add \"Nightly failed\" --key ci-$RUN_ID",
            "a second run with the same key adds nothing"},
};

int run(Session& session, const Invocation& invocation) {
  const auto task = new_task(session, invocation, invocation.first("TITLE").value());
  const auto answer = session.api().write(
      write_call(invocation, "POST", std::string(wire::kTasks), wire::encode(task)));
  return print_written(session, invocation, answer, task_kind(), "added");
}

}  // namespace

extern const Command kTaskAdd;
constinit const Command kTaskAdd{.noun = "task",
                                 .verb = "add",
                                 .shorthand = "add",
                                 .summary = "add a task",
                                 .args = kArgs,
                                 .flags = kFlags,
                                 .examples = kExamples,
                                 .output = Output::kThing,
                                 .answers = task_kind,
                                 .run = run};

}  // namespace taskman::cli
