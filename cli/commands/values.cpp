#include "cli/commands/values.hpp"

#include <vector>

#include "cli/commands/files.hpp"
#include "common/error/error.hpp"
#include "common/time/text.hpp"
#include "common/util/text.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;

[[noreturn]] void refuse(std::string_view flag, std::string_view word, const std::string& hint) {
  throw Error(Code::kInvalidValue,
              std::string(flag) + ": '" + util::escape_for_terminal(word) + "' is not valid", hint);
}

[[noreturn]] void refuse_word(std::string_view what, std::string_view word,
                              std::span<const model::Word> words) {
  std::string list;
  for (const auto& each : words) list.append(list.empty() ? "" : ", ").append(each.name);
  const auto near = util::suggest(word, model::spellings(words));
  throw Error(Code::kInvalidValue,
              "unknown " + std::string(what) + " '" + util::escape_for_terminal(word) + "'",
              (near ? "did you mean " + std::string(*near) + "? " : "") + "known: " + list);
}

[[noreturn]] void refuse_date(std::string_view flag, std::string_view word) {
  const auto near = util::suggest(word, time::date_words());
  refuse(flag, word,
         (near ? "did you mean " + std::string(*near) + "? " : "") +
             "known: today, tomorrow, fri, +3d, 2026-12-01, 2026-12-01T10:00:00Z, none; years 0000 "
             "to 9999");
}

}  // namespace

model::Status parse_status(std::string_view word) {
  const auto status = model::find_status(word);
  if (!status) refuse_word("status", word, model::status_words());
  return *status;
}

model::Priority parse_priority(std::string_view word) {
  const auto priority = model::find_priority(word);
  if (!priority) refuse_word("priority", word, model::priority_words());
  return *priority;
}

std::int64_t parse_number(std::string_view flag, std::string_view word) {
  const auto number = util::parse_integer(word);
  if (!number) refuse(flag, word, "give a whole number");
  return *number;
}

std::int64_t parse_count(std::string_view flag, std::string_view word, const std::string& hint) {
  const auto number = util::parse_integer(word);
  if (!number || *number < 1) refuse(flag, word, hint);
  return *number;
}

util::Instant parse_due(Session& session, std::string_view word) {
  const auto span = time::parse_when(word, session.now(), session.zone());
  if (!span) refuse_date("--due", word);
  return time::as_due(*span);
}

util::Date parse_day(Session& session, std::string_view flag, std::string_view word) {
  const auto span = time::parse_when(word, session.now(), session.zone());
  if (!span) refuse_date(flag, word);
  return session.zone().day_of(span->from);
}

std::optional<std::string> unless_none(const std::string& word) {
  if (word == "none") return std::nullopt;
  if (word.empty()) throw Error(Code::kInvalidValue, "a value is empty", "to clear it write none");
  return word;
}

std::optional<std::string> parse_person(Session& session, const std::string& word) {
  return word == model::kMe ? session.actor() : unless_none(word);
}

std::string text_or_stdin(Session& session, const std::string& word) {
  if (word != "-") return word;
  auto text = read_input(session, word, kTextBound);
  if (!util::is_utf8(text))
    throw Error(Code::kInvalidValue, "stdin is not valid UTF-8",
                "convert it first: iconv -f latin1 -t utf-8");
  return text;
}

std::optional<std::int64_t> version_of(const Invocation& invocation) {
  const auto text = invocation.value("if-match");
  if (!text) return std::nullopt;
  return parse_count("--if-match", *text, "a version is a number from 1 up");
}

client::Call write_call(const Invocation& invocation, std::string_view method, std::string path,
                        std::string body) {
  client::Call call{.method = method, .path = std::move(path), .body = std::move(body)};
  if (invocation.has("dry-run")) call.query.emplace_back("dry_run", "1");
  if (invocation.takes("if-match")) call.if_match = version_of(invocation);
  if (invocation.takes("merge") && invocation.has("merge")) {
    if (!call.if_match)
      throw Error(Code::kUsage, "--merge needs --if-match", "give the version you saw");
    call.query.emplace_back("merge", "1");
  }
  return call;
}

void add_filter(Session& session, client::Query& query, std::string filter) {
  query.emplace_back("filter", std::move(filter));
  if (const auto project = session.settings().text(config::Key::kProject))
    query.emplace_back("sprints_of", *project);
}

std::optional<std::string> project_of(Session& session, const Invocation& invocation) {
  const auto given = invocation.value("project");
  return given ? unless_none(*given) : session.settings().text(config::Key::kProject);
}

}  // namespace taskman::cli
