#include "common/wire/batch.hpp"
#include "cli/commands/files.hpp"
#include "cli/commands/frames.hpp"
#include "cli/commands/name_cache.hpp"
#include "cli/commands/print.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/wire/limits.hpp"
#include "common/wire/log.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

constexpr std::array kArgs{
    Arg{.name = "FILE",
        .arity = Arity::kOptional,
        .complete = Complete::kFile,
        .help = "one verb a line, as JSON; - or nothing: stdin"},
};
constexpr std::array kExamples{
    Example{"taskman batch ops.ndjson", "all of its lines, or none"},
    Example{R"(echo '{"verb":"task done","id":42}' | taskman batch)", ""},
    Example{"jq -c '{verb:\"task add\",title}' issues.json | taskman batch -q",
            "the ids of what was made; a later line names what line 1 made \"$1\""},
    Example{"taskman batch ops.ndjson --dry-run", "what would change"},
};
constexpr Bound kBound{wire::kMaxBatch, "do it in several batches"};

/// What a dry run would have put into the log, in words.
std::string preview_of(Session& session, const wire::Envelope& answer,
                       const wire::BatchReport& report) {
  const auto cursor = answer.cursor.value_or(model::Cursor{});
  const model::LogEntry entry{.cursor = cursor,
                              .at = session.now(),
                              .actor = session.actor(),
                              .origin = "cli",
                              .changes = report.changes,
                              .subjects = "[]"};
  NameCache names(session);
  return frame_text(session, wire::decode_frame(wire::encode_frame(entry, cursor.rev)),
                    names.names());
}

std::string text_of(Session& session, const wire::Envelope& answer,
                    const wire::BatchReport& report) {
  if (report.dry_run) return preview_of(session, answer, report);
  return count_text(static_cast<std::int64_t>(report.results.size()), "line") + " done\n";
}

int run(Session& session, const Invocation& invocation) {
  client::Call call{.method = "POST",
                    .path = std::string(wire::kBatch),
                    .body = read_input(session, invocation.first("FILE").value_or("-"), kBound),
                    .content_type = "application/x-ndjson"};
  if (invocation.has("dry-run")) call.query.emplace_back("dry_run", "1");
  const auto answer = session.api().write(std::move(call));
  const auto report = wire::decode_batch_report(answer.data);
  const bool words = is_sentence(session, invocation);
  print_document(session, answer, words ? text_of(session, answer, report) : std::string());
  if (report.results.empty()) session.notice("the batch has no lines: nothing to do");
  say_dry_run(session, invocation);
  return 0;
}

}  // namespace

extern const Command kBatch;
constinit const Command kBatch{
    .noun = "",
    .verb = "batch",
    .summary = "many verbs in one transaction: all of them, or none",
    .description =
        "Each line is a JSON object: `verb` as on the command line (task add, task done, sprint "
        "close, …) or its short form (add, done), `id` of what it acts on, and the fields the "
        "verb's API route takes. \"$1\" in the place of an id is what line 1 made; task claim "
        "takes "
        "\"next\":true in the place of one, and \"$1\" is the task it got. Hooks, import, undo and "
        "settings are no part of a batch. The first line that fails is named, nothing is "
        "kept, and the exit code is that line's. It is one changeset: watchers get one frame, and "
        "one undo takes it back. -q prints a line's id each.",
    .args = kArgs,
    .flags = kWriteFlags,
    .examples = kExamples,
    .output = Output::kText,
    .answers = batch_kind,
    .patience = Patience::kLong,
    .run = run};

}  // namespace taskman::cli
