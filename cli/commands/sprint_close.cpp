#include "cli/commands/detail.hpp"
#include "cli/commands/print.hpp"
#include "cli/commands/sprint_fields.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/util/text.hpp"
#include "common/wire/commands.hpp"
#include "common/wire/entities.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{kSprintArg};
constexpr auto kFlags = join(
    std::array{Flag{.name = "carry",
                    .value = "S",
                    .help = "where open tasks go: next, none (they leave the sprint) or a sprint",
                    .complete = Complete::kSprint}},
    kWhoseFlag, kEditFlags);
constexpr std::array kExamples{
    Example{"taskman sprint close current --carry next", "what is open moves on"},
    Example{"taskman sprint close current --carry next --dry-run", "the report as it would be"},
};

int run(Session& session, const Invocation& invocation) {
  const wire::CloseCommand command{.carry = invocation.value("carry")};
  const auto answer =
      session.api().write(sprint_call(session, invocation, "POST", "close", wire::encode(command)));
  const int code = print_written(session, invocation, answer, sprint_kind(), "closed sprint");
  if (!is_sentence(session, invocation)) return code;
  const auto sprint = wire::decode_sprint(answer.data);
  if (const auto text = closing_text(sprint))
    session.print(util::escape_for_terminal(*text) + "\n");
  if (invocation.has("dry-run")) session.print(report_detail(session, sprint));
  return code;
}

}  // namespace

extern const Command kSprintClose;
constinit const Command kSprintClose{
    .noun = "sprint",
    .verb = "close",
    .summary = "close a sprint; its report is frozen",
    .description = "With open tasks left, --carry has to say where they go.",
    .args = kArgs,
    .flags = kFlags,
    .examples = kExamples,
    .output = Output::kThing,
    .answers = sprint_kind,
    .run = run};

}  // namespace taskman::cli
