#include <fmt/core.h>

#include <algorithm>

#include "cli/client/api.hpp"
#include "cli/commands/files.hpp"
#include "cli/commands/import_report.hpp"
#include "cli/commands/print.hpp"
#include "cli/commands/values.hpp"
#include "cli/import/format.hpp"
#include "cli/session/busy.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/limits.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;
using transfer::Request;

constexpr std::string_view kSplit =
    "split it; a part may refer to what an earlier one brought, by external id";
/// Other programs are wordier than what becomes of it.
constexpr Bound kBound{2 * wire::kMaxImport, kSplit};

/// Of the bad records a person is shown so many; --json has all.
constexpr std::size_t kShown = 20;

/// Names that are given to one format only.
struct Ending {
  std::string_view ending;
  std::string_view format;
};
constexpr std::array kEndings{
    Ending{".csv", "csv"},         Ending{".jsonl", "jsonl"},     Ending{".ndjson", "jsonl"},
    Ending{"todo.txt", "todotxt"}, Ending{"done.txt", "todotxt"},
};

constexpr std::array kArgs{
    Arg{.name = "FILE", .complete = Complete::kFile, .help = "the file to read; - is stdin"},
};
constexpr auto kFlags = join(
    std::array{Flag{.name = "from",
                    .value = "FORMAT",
                    .help = "what wrote the file; may be left out for names that end in .csv, "
                            ".jsonl, .ndjson, todo.txt or done.txt",
                    .complete = Complete::kChoice,
                    .choices = transfer::kFormatNames},
               Flag{.name = "skip-invalid",
                    .value = "",
                    .help = "leave out what cannot be imported, instead of importing nothing"}},
    kWriteFlags);
constexpr std::array kExamples{
    Example{"task export | taskman import - --from taskwarrior", "everything of Taskwarrior"},
    Example{"taskman import tasks.csv --dry-run -v", "what would become of each record"},
    Example{"taskman import issues.json --from github",
            "issues as `gh issue list --json …` saved them (docs/import.md has the fields); again "
            "later, to bring them up to date"},
    Example{"taskman import backup.jsonl", "what taskman export wrote"},
    Example{"taskman import old.csv --skip-invalid -q | taskman task edit - --sprint current",
            "with the ids of the tasks"},
};

std::string format_of(const Invocation& invocation, const std::string& file) {
  if (const auto given = invocation.value("from")) return *given;
  const auto known = std::ranges::find_if(
      kEndings, [&](const Ending& each) { return file.ends_with(each.ending); });
  if (known != kEndings.end()) return std::string(known->format);
  std::string names;
  for (const auto& format : transfer::formats())
    (names += names.empty() ? "" : ", ") += format.name;
  throw Error(Code::kUsage,
              fmt::format("--from is missing: {} does not tell what wrote it",
                          file == "-" ? "stdin" : "the name " + file),
              "give --from with one of " + names);
}

/// The API speaks of a body, the user has a file.
Error too_large(const Error& failure, const std::string& file) {
  return {failure.code(),
          fmt::format("{} is too large for one import: {}", file, failure.message()),
          std::string(kSplit)};
}

client::Call import_call(const Request& request) {
  client::Call call{.method = "POST", .path = std::string(wire::kImport), .body = request.body};
  call.content_type = "application/x-ndjson";
  return call;
}

/// What is wrong with the file as a whole: what could not be read, and what the daemon would leave
/// out. One part alone would hide the other until it is mended.
wire::ImportReport everything_wrong(Session& session, const Request& request,
                                    const FilePlaces& places) {
  if (request.body.empty()) return places.in_file(wire::ImportReport{});
  auto call = import_call(request);
  call.query = {{"skip_invalid", "1"}, {"dry_run", "1"}};
  return places.in_file(wire::decode_import_report(session.api().write(std::move(call)).data));
}

wire::Envelope send(Session& session, const Invocation& invocation, const Request& request,
                    Busy& busy) {
  busy.say(fmt::format("importing {} records", request.places.size()));
  auto call = import_call(request);
  if (invocation.has("dry-run")) call.query.emplace_back("dry_run", "1");
  if (invocation.has("skip-invalid")) call.query.emplace_back("skip_invalid", "1");
  return session.api().write(std::move(call));
}

/// -v: what became of each record, with its title.
void tell_each(Session& session, const wire::ImportReport& report, const Request& request) {
  std::string_view rest = request.body;
  for (const auto& result : report.results) {
    const auto end = std::min(rest.find('\n'), rest.size());
    const auto record = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (result.outcome == wire::ImportOutcome::kInvalid) continue;  // said by tell_skipped
    const auto title = result.kind == "task" ? wire::field_text(record, "title") : std::nullopt;
    auto told = result;
    told.line = request.places.at(static_cast<std::size_t>(result.line - 1)).line;
    session.verbose(util::escape_for_terminal(result_text(told, report.dry_run) +
                                              (title ? "  " + *title : "")));
  }
}

/// What was left out, line by line, as far as a person reads.
void tell_skipped(Session& session, const wire::ImportReport& report) {
  if (report.invalid == 0 || session.mode() == Mode::kJson) return;
  std::size_t shown = 0;
  for (const auto& result : report.results) {
    if (result.outcome != wire::ImportOutcome::kInvalid || ++shown > kShown) continue;
    session.notice("taskman: " + util::escape_for_terminal(result_text(result, report.dry_run)));
  }
  if (shown > kShown) session.notice(fmt::format("taskman: … and {} more", shown - kShown));
}

int print(Session& session, wire::Envelope answer, const wire::ImportReport& report) {
  answer.data = wire::encode(report);
  if (session.mode() == Mode::kIds) {
    session.print(task_ids(report));
  } else {
    print_document(session, answer, summary(report));
  }
  if (session.mode() == Mode::kJson) return 0;
  if (report.results.empty()) session.notice("the file holds nothing to import");
  if (report.dry_run) session.notice("dry run: nothing was changed");
  return 0;
}

/// A file that cannot be read at all, such as a table without a title, is named, too.
Request read_file(Session& session, const std::string& format, const std::string& file,
                  const std::string& shown) {
  const auto content = read_input(session, file, kBound);
  try {
    return transfer::to_request(
        transfer::parse_file(format, content, {.zone = session.zone(), .now = session.now()}));
  } catch (const Error& failure) {
    throw Error(failure.code(), fmt::format("{}, {}", shown, failure.message()), failure.hint(),
                failure.fields());
  }
}

/// Whether it is about records, not about the request.
bool names_lines(const Error& failure) {
  return failure.code() == Code::kInvalidValue && !failure.fields().empty() &&
         util::parse_integer(failure.fields().front().name);
}

int import_file(Session& session, const Invocation& invocation, const std::string& file) {
  const auto format = format_of(invocation, file);
  const auto shown = file == "-" ? "stdin" : file;
  std::optional<Busy> busy(std::in_place, session, "reading " + shown);
  const auto request = read_file(session, format, file, shown);
  const FilePlaces places(request);
  if (!request.problems.empty() && !invocation.has("skip-invalid"))
    throw refusal(shown, everything_wrong(session, request, places));
  try {
    auto answer = send(session, invocation, request, *busy);
    busy.reset();
    const auto said = wire::decode_import_report(answer.data);
    if (invocation.has("verbose")) tell_each(session, said, request);
    const auto report = places.in_file(said);
    tell_skipped(session, report);
    return print(session, std::move(answer), report);
  } catch (const Error& failure) {
    if (failure.code() == Code::kPayloadTooLarge) throw too_large(failure, shown);
    if (!names_lines(failure)) throw;
  }
  throw refusal(shown, everything_wrong(session, request, places));
}

int run(Session& session, const Invocation& invocation) {
  const auto file = invocation.first("FILE").value();
  try {
    return import_file(session, invocation, file);
  } catch (const Error& failure) {
    if (session.mode() == Mode::kJson || failure.fields().size() <= kShown) throw;
    auto shown = failure.fields();
    const auto more = shown.size() - kShown;
    shown.resize(kShown);
    shown.push_back({"…", fmt::format("and {} more; --json lists all", more)});
    throw Error(failure.code(), failure.message(), failure.hint(), std::move(shown));
  }
}

}  // namespace

extern const Command kImport;
constinit const Command kImport{
    .noun = "",
    .verb = "import",
    .summary = "take in the tasks of a file: Taskwarrior, GitHub, todo.txt, CSV, our own export",
    .description =
        "All of the file or nothing, in one transaction. What was imported before is recognised by "
        "its external id and brought up to date, so the same file again changes nothing. A record "
        "that cannot be imported is named by its line, with the reason. -q prints the ids of the "
        "file's tasks.",
    .args = kArgs,
    .flags = kFlags,
    .examples = kExamples,
    .output = Output::kText,
    .answers = import_kind,
    .patience = Patience::kLong,
    .run = run};

}  // namespace taskman::cli
