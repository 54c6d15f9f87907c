#include "cli/commands/ids.hpp"
#include "cli/commands/print.hpp"
#include "cli/commands/values.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/wire/commands.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{
    Arg{.name = "ID", .complete = Complete::kTask, .help = "42 or #42"},
    Arg{.name = "TEXT", .help = "what to say; - reads it from stdin"},
};
constexpr std::array kExamples{
    Example{"taskman task comment 42 \"Reproduced on the staging host\"", ""},
    Example{"git log -1 | taskman task comment 42 -", "from another command"},
};

int run(Session& session, const Invocation& invocation) {
  const auto id = parse_id(invocation.first("ID").value());
  const std::string text = text_or_stdin(session, invocation.first("TEXT").value());
  const auto answer = session.api().write(write_call(
      invocation, "POST", wire::task_path(id, "comments"), wire::encode_new_comment(text)));
  const auto human = [](Session&, const std::string& data) {
    return "commented " + wire::field_text(data, "task").value_or("") + "\n";
  };
  say_dry_run(session, invocation);
  if (session.mode() == Mode::kTabs && !invocation.has("fields")) {
    session.print(human(session, answer.data));
    return 0;
  }
  return print_thing(session, invocation, answer, comment_kind(), human);
}

}  // namespace

extern const Command kTaskComment;
constinit const Command kTaskComment{.noun = "task",
                                     .verb = "comment",
                                     .summary = "say something about a task",
                                     .args = kArgs,
                                     .flags = kWriteFlags,
                                     .examples = kExamples,
                                     .output = Output::kThing,
                                     .answers = comment_kind,
                                     .run = run};

}  // namespace taskman::cli
