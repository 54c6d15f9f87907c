#include <fmt/core.h>

#include <algorithm>
#include <string>

#include "cli/commands/files.hpp"
#include "cli/commands/print.hpp"
#include "cli/import/export.hpp"
#include "cli/session/busy.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

constexpr std::array<std::string_view, 3> kFormats{"jsonl", "csv", "taskwarrior"};
constexpr std::array kArgs{
    Arg{.name = "FILE",
        .arity = Arity::kOptional,
        .complete = Complete::kFile,
        .help = "the file to write, in the place of what it was; default: stdout"},
};
constexpr std::array kFlags{
    Flag{.name = "to",
         .value = "FORMAT",
         .help = "default: csv for a FILE that ends in .csv, else jsonl",
         .complete = Complete::kChoice,
         .choices = kFormats},
};
constexpr std::array kExamples{
    Example{"taskman export tasks.jsonl",
            "everything; taskman import tasks.jsonl puts it into an empty store, the same ids"},
    Example{"taskman export --to csv | column -s, -t", "the tasks as a table"},
    Example{"taskman export --to taskwarrior | task import", "the tasks for Taskwarrior"},
};

/// How many of each kind an export holds.
struct Holds {
  std::int64_t projects = 0;
  std::int64_t sprints = 0;
  std::int64_t tasks = 0;
  std::int64_t comments = 0;
};

Holds count(std::string_view ndjson) {
  Holds holds;
  while (!ndjson.empty()) {
    const auto line = ndjson.substr(0, ndjson.find('\n'));
    ndjson.remove_prefix(std::min(line.size() + 1, ndjson.size()));
    // `kind` is the first field of every line.
    if (line.starts_with(R"({"kind":"project")")) ++holds.projects;
    if (line.starts_with(R"({"kind":"sprint")")) ++holds.sprints;
    if (line.starts_with(R"({"kind":"task")")) ++holds.tasks;
    if (line.starts_with(R"({"kind":"comment")")) ++holds.comments;
  }
  return holds;
}

std::string format_of(const Invocation& invocation) {
  const auto file = invocation.first("FILE").value_or("-");
  // Who asks stdout for CSV means the tasks, not a table that says how many there are.
  const bool csv = file.ends_with(".csv") || (file == "-" && invocation.has("csv"));
  return invocation.value("to").value_or(csv ? "csv" : "jsonl");
}

std::string written_as(Session& session, const std::string& format,
                       const client::HttpAnswer& answer) {
  if (format == "csv") return transfer::to_csv(answer.body);
  if (format != "taskwarrior") return answer.body;
  const auto store = answer.header(util::to_lower(wire::kStoreHeader));
  return transfer::to_taskwarrior(answer.body, store, session.now());
}

/// A table of tasks has no place for the rest, and whoever relies on it should know.
void tell_what_is_missing(Session& session, const std::string& format, const Holds& holds) {
  std::string list;
  const auto add = [&](std::int64_t number, std::string_view thing) {
    if (number > 0) (list += list.empty() ? "" : ", ") += count_text(number, thing);
  };
  if (format == "csv") add(holds.comments, "comment");
  if (format == "csv" || format == "taskwarrior") add(holds.sprints, "sprint");
  if (!list.empty()) {
    session.notice(
        fmt::format("taskman: {} has no place for {}; --to jsonl holds everything", format, list));
  }
}

/// What was written, and where: `path` is empty for stdout.
struct Written {
  std::string path;
  std::string format;
  std::string text;
  Holds holds;
};

wire::Envelope report_of(const Written& written) {
  const auto& holds = written.holds;
  const bool to_file = !written.path.empty();
  const auto data = wire::object_of({{"path", to_file ? wire::quote(written.path) : "null"},
                                     {"format", wire::quote(written.format)},
                                     {"bytes", std::to_string(written.text.size())},
                                     {"projects", std::to_string(holds.projects)},
                                     {"sprints", std::to_string(holds.sprints)},
                                     {"tasks", std::to_string(holds.tasks)},
                                     {"comments", std::to_string(holds.comments)},
                                     {"text", to_file ? "null" : wire::quote(written.text)}});
  return {.kind = "export", .data = data};
}

int print(Session& session, const Invocation& invocation, const Written& written) {
  if (!written.path.empty()) {
    return print_document(
        session, report_of(written),
        fmt::format("exported {} to {} ({})\n", count_text(written.holds.tasks, "task"),
                    util::escape_for_terminal(written.path),
                    size_text(static_cast<std::int64_t>(written.text.size()))));
  }
  const bool is_described =
      invocation.has("json") || invocation.has("fields") || invocation.has("format");
  if (is_described) return print_document(session, report_of(written), {});
  return session.print(written.text), 0;
}

int run(Session& session, const Invocation& invocation) {
  Written written{.format = format_of(invocation)};
  const auto file = invocation.first("FILE").value_or("-");
  std::optional<Busy> busy(std::in_place, session, "exporting");
  const auto answer = session.api().send({.path = std::string(wire::kExport)});
  written.text = written_as(session, written.format, answer);
  if (file != "-") {
    written.path = absolute_path(session, file);
    write_output(written.path, written.text);
  }
  busy.reset();
  written.holds = count(answer.body);
  tell_what_is_missing(session, written.format, written.holds);
  return print(session, invocation, written);
}

}  // namespace

extern const Command kExport;
constinit const Command kExport{
    .noun = "",
    .verb = "export",
    .summary = "write everything out: JSON lines, CSV, Taskwarrior",
    .description =
        "jsonl holds everything, and importing it into an empty store gives the same export again, "
        "byte for byte. csv holds the tasks, taskwarrior the tasks and their comments. Without "
        "FILE, stdout is the export itself, as CSV with --csv; --json describes it and has it as "
        "text.",
    .args = kArgs,
    .flags = kFlags,
    .examples = kExamples,
    .output = Output::kText,
    .answers = export_kind,
    .patience = Patience::kLong,
    .run = run};

}  // namespace taskman::cli
