#include "cli/app/topics.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "cli/app/layout.hpp"
#include "cli/commands/all.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/error/error.hpp"
#include "common/filter/words.hpp"
#include "common/model/vocabulary.hpp"
#include "common/util/text.hpp"

namespace taskman::app {
namespace {

/// Every exit code with what its errors are called, and which of them a retry can help.
std::string exit_codes() {
  std::map<int, std::string> titles;
  std::map<int, bool> retryable;
  for (const auto& row : error::table()) {
    auto& text = titles[row.exit_code];
    text.append(text.empty() ? "" : "; ").append(row.title);
    retryable[row.exit_code] |= row.retryable;
  }
  Rows rows{{"0", "done; an empty list and what was done already are success, too"}};
  for (const auto& [code, text] : titles)
    rows.emplace_back(std::to_string(code), text + (retryable[code] ? " (retry later)" : ""));
  rows.emplace_back("130, 143", "ended by SIGINT, by SIGTERM");
  return table("exit codes", rows).substr(1) + "\n" +
         wrapped(
             "8 is also how a question ends that is answered by anything but yes. "
             "With --json the failure is a document on stderr: its `code` says more than the "
             "exit code, its `retryable` whether the same command may succeed later. "
             "`taskman run` ends with the code of the command it runs, which may be any of these, "
             "or as a shell with 126 (it cannot be run) and 127 (there is none): `exit_code` of "
             "its --json document is the command's, and there is no document when the code is "
             "taskman's own.",
             0) +
         "\n";
}

Rows shaping_flags() {
  static constexpr std::array<std::string_view, 5> kNames{"json", "csv", "fields", "format",
                                                          "quiet"};
  Rows rows;
  for (const auto name : kNames) {
    const auto& flag = *std::ranges::find(cli::shared_flags(), name, &cli::Flag::name);
    rows.emplace_back(flag_text(flag), flag.help);
  }
  return rows;
}

std::string output() {
  return "stdout holds the answer and nothing else; notices, hints and progress go to stderr.\n"
         "On a terminal an answer is for people, in a pipe it is tab-separated, without a heading\n"
         "and whole; a stream is a JSON document a line there.\n" +
         table("flags of every command that answers", shaping_flags()) +
         "\nof --json\n"
         "  {\"schema\":1,\"kind\":\"task.list\",\"data\":[…],\"page\":{…},\"cursor\":\"…\"} on "
         "stdout, "
         "or\n"
         "  {\"error\":{\"code\",\"message\",\"hint\",\"retryable\",\"details\"}} on stderr\n"
         "  taskman schema KIND prints the JSON Schema of each kind; kinds change by additions "
         "only\n"
         "  taskman schema KIND A,B that of what --fields A,B leaves of it\n"
         "  null and [] are written out, times are UTC (RFC 3339): the same twice, byte for byte\n"
         "\nof --csv, --fields and --format\n"
         "  a row is a thing; of a batch or an import a line of it; of a stream a changeset\n"
         "  a list in a field is joined by commas; what holds objects is JSON\n"
         "  --format '{lease.token}' is a member of a task's lease, empty when there is none\n"
         "  an unknown field is refused before anything is done\n"
         "\nexamples\n"
         "  taskman task list --json --fields id,title | jq -r '.data[].title'\n"
         "  taskman task add \"Fix login\" -q\n"
         "  taskman events --follow --format '{rev}\\t{actor}'\n"
         "\nTASKMAN_OUTPUT=json is as --json on every command; help, completion, schema, export\n"
         "and daemon path print what they print unless the flag itself is given.\n";
}

Rows words_of(std::span<const model::Word> words) {
  Rows rows;
  for (const auto& word : words) rows.emplace_back(word.name, word.meaning);
  return rows;
}

std::string filters() {
  Rows fields;
  for (const auto& word : filter::field_words())
    fields.emplace_back(word.example, std::string(word.meaning) +
                                          (word.absence == filter::Absence::kPossible
                                               ? "; " + std::string(word.name) + ":none without one"
                                               : ""));
  Rows flags;
  for (const auto& word : filter::flag_words())
    flags.emplace_back("is:" + std::string(word.name), word.meaning);
  return "Side by side all terms have to hold; `or` between them, ~ before one is not, "
         "parentheses\n"
         "group. a,b is either, 1..3 a range; numbers and dates compare with < <= > >=. A word\n"
         "without a field is looked for in titles; quotes make anything text.\n" +
         table("fields, by example", fields) + table("properties", flags) +
         table("statuses", words_of(model::status_words())) +
         table("priorities", words_of(model::priority_words())) +
         "\ndates\n"
         "  today tomorrow fri eow eom +3d -2w 2026-12-01 2026-12-01T10:00 2026-12-01T10:00:00Z\n"
         "\nexamples\n"
         "  taskman task list 'sprint:current ~label:later due<+7d'\n"
         "  taskman task list 'is:ready (priority:p0..p1 or is:overdue)'\n"
         "  taskman watch 'label:release' --until is:closed\n";
}

std::string scripting() {
  const Rows ids{{"id=$(taskman task add \"Fix login\" -q)", "starts the daemon when none runs"},
                 {"taskman task list label:spike -q | taskman task done -", "ids from a pipe"}};
  const Rows again{
      {"taskman task add \"Nightly\" --key \"nightly-$RUN\"",
       "the same key again changes nothing and answers the first result"},
      {"taskman task edit 42 --points 5 --if-match 3", "exit 4 when somebody was faster"},
      {"taskman task done 42", "done on done is success"}};
  const Rows many{{"taskman batch ops.ndjson", "a verb a line: all of them or none"},
                  {"taskman task edit --where sprint:current --label +late --yes",
                   "whatever matches, in one transaction"},
                  {"taskman task done 42 --dry-run", "what would happen"}};
  const Rows waiting{
      {"taskman wait task 42 --for status=done --timeout 10m", "124 when it takes longer"},
      {"taskman watch label:release --until is:closed", "until all of it is done"},
      {"taskman events --consumer ci --json", "what this job has not seen yet"}};
  const Rows apart{{"TASKMAN_URL=sqlite:./ci.db taskman task add \"Only here\"",
                    "a daemon for that file; no other is touched"}};
  return wrapped(
             "Nothing prompts unless stdin and stdout are terminals and CI is not set: what is "
             "missing is an error that names its flag. A command that got no answer within "
             "--timeout is exit 124; that and exit 5 may be tried again, a write with the same "
             "--key (taskman help exit-codes).",
             0) +
         "\n" + table("ids", ids) + table("again and again", again) + table("many at once", many) +
         table("waiting", waiting) + table("a store of its own", apart);
}

constexpr std::array kTopics{
    Topic{"exit-codes", "what a command's exit code says", exit_codes},
    Topic{"output", "JSON, CSV, fields and templates; what is printed where", output},
    Topic{"filters", "the language of task list, watch and --where", filters},
    Topic{"scripting", "ids, retries, waiting and failures in scripts and CI", scripting},
};

/// `help output --format x`: a topic is printed as it is.
void refuse_value_of_flag(const Words& words, const Words& names) {
  if (names.size() < 3 || names[0] != "help") return;
  if (std::ranges::find(kTopics, names[1], &Topic::name) == kTopics.end()) return;
  const auto flag = std::ranges::find_if(words, [](const std::string& word) {
    return word.starts_with('-') && word != "--json" && word != "--help" && word != "-h";
  });
  if (flag == words.end()) return;
  throw error::Error(error::Code::kUsage,
                     "help takes no '" + util::escape_for_terminal(*flag) + "'",
                     "it takes --json only: taskman help " + names[1]);
}

}  // namespace

std::span<const Topic> topics() { return kTopics; }

const Topic* find_topic(const Words& words) {
  const Words names = without_flags(words);
  refuse_value_of_flag(words, names);
  if (names.size() != 2 || names[0] != "help") return nullptr;
  const auto found = std::ranges::find(kTopics, names[1], &Topic::name);
  if (found != kTopics.end()) return &*found;
  auto known = first_words();
  if (std::ranges::find(known, names[1]) != known.end()) return nullptr;
  for (const auto& topic : kTopics) known.push_back(topic.name);
  const auto near = util::suggest(names[1], known);
  throw error::Error(
      error::Code::kUsage, "no help about '" + util::escape_for_terminal(names[1]) + "'",
      near ? "did you mean " + std::string(*near) + "?" : "see taskman help for all there is");
}

}  // namespace taskman::app
