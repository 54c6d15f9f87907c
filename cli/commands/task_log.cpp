#include "cli/commands/frames.hpp"
#include "cli/commands/ids.hpp"
#include "cli/commands/name_cache.hpp"
#include "cli/commands/print.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{
    Arg{.name = "ID", .complete = Complete::kTask, .help = "42 or #42; also of a deleted task"},
};
constexpr std::array kFlags{
    Flag{.name = "limit", .value = "N", .help = "the newest N changes; 100"},
};
constexpr std::array kExamples{
    Example{"taskman task log 42", "who changed what, the newest first"},
    Example{"taskman task log 42 --json --limit 10", "as frames of the change log"},
};

int run(Session& session, const Invocation& invocation) {
  const auto id = parse_id(invocation.first("ID").value());
  client::Query query;
  if (const auto limit = limit_of(invocation)) query.emplace_back("limit", std::to_string(*limit));
  const auto answer = session.api().get(wire::task_path(id, "log"), query);
  if (!is_sentence(session, invocation)) return print_document(session, answer, {});
  NameCache names(session);
  for (const auto& frame : wire::split_array(answer.data)) {
    session.print(
        frame_text(session, about(wire::decode_frame(frame), {.tasks = {id}}), names.names()));
  }
  return 0;
}

}  // namespace

extern const Command kTaskLog;
constinit const Command kTaskLog{.noun = "task",
                                 .verb = "log",
                                 .summary = "show what happened to a task",
                                 .args = kArgs,
                                 .flags = kFlags,
                                 .examples = kExamples,
                                 .answers = revision_kind,
                                 .run = run};

}  // namespace taskman::cli
