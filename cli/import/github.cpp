// What `gh issue list --json
// number,title,body,state,stateReason,labels,assignees,milestone,createdAt,
// updatedAt,closedAt,url,author,comments` prints; fields that were not asked for are simply not
// there.

#include <utility>

#include "cli/import/clean.hpp"
#include "cli/import/format.hpp"
#include "cli/import/json_records.hpp"
#include "cli/import/values.hpp"
#include "common/util/text.hpp"

namespace taskman::transfer {
namespace {

using model::Status;

/// `https://github.com/owner/repo/issues/12` → `github:owner/repo#12`; another host is part of the
/// name.
std::string external_id(std::string_view url_json) {
  const auto url = as_string("url", url_json);
  const auto scheme = url.find("://");
  const auto number = url.rfind('/');
  const auto kind = number == 0 || number == url.npos ? url.npos : url.rfind('/', number - 1);
  if (scheme == url.npos || kind == url.npos || kind < scheme + 3 ||
      !util::parse_integer(std::string_view(url).substr(number + 1))) {
    refuse("url", url_json, "an issue's address");
  }
  auto path = url.substr(scheme + 3, kind - scheme - 3);
  constexpr std::string_view kHost = "github.com/";
  if (path.starts_with(kHost)) path.erase(0, kHost.size());
  return "github:" + path + '#' + url.substr(number + 1);
}

/// The names in `[{"name":"bug",…},…]` or of people, `[{"login":"ana",…},…]`.
std::vector<std::string> names_in(const wire::Members& issue, std::string_view field,
                                  std::string_view key) {
  std::vector<std::string> names;
  for (const auto& item : as_array(field, member(issue, field))) {
    names.push_back(as_string(field, member(as_record(item), key)));
  }
  return names;
}

std::optional<std::string> login_of(const wire::Members& from) {
  const auto author = member(from, "author");
  if (author == "null") return std::nullopt;
  return as_optional_string("author", member(as_record(author), "login"));
}

void read_labels(wire::ImportTask& task, Notes& notes, const wire::Members& issue) {
  auto& labels = task.patch.labels.emplace();
  const auto names = names_in(issue, "labels", "name");
  for (const auto& name : names) labels.push_back(clean_word(name));
  if (labels != names) {
    std::vector<std::string> quoted;
    for (const auto& name : names) quoted.push_back(wire::quote(name));
    notes.add("labels", wire::array_of(quoted));
  }
  const auto milestone = member(issue, "milestone");
  if (milestone != "null") {
    labels.push_back(
        clean_word("milestone:" + as_string("milestone", member(as_record(milestone), "title"))));
    notes.add("milestone", milestone);
  }
  if (labels.size() > model::kMaxLabels) labels.resize(model::kMaxLabels);
}

void read_people(wire::ImportTask& task, Notes& notes, const wire::Members& issue) {
  auto& assignee = task.patch.assignee.emplace();
  const auto people = names_in(issue, "assignees", "login");
  if (!people.empty()) assignee = clean_word(people.front());
  if (people.size() > 1) notes.add("assignees", member(issue, "assignees"));
  if (const auto author = login_of(issue)) notes.add("author", wire::quote(*author));
}

// An open issue says nothing of todo or in progress, which is ours to know; only one that was
// opened again has to leave the closed states.
void read_state(wire::ImportTask& task, const wire::Members& issue) {
  const auto state = as_optional_string("state", member(issue, "state"));
  const auto reason = as_optional_string("stateReason", member(issue, "stateReason"));
  if (!state) return;
  if (*state == "CLOSED" || *state == "MERGED") {
    task.patch.status =
        reason == "NOT_PLANNED" || reason == "DUPLICATE" ? Status::kDropped : Status::kDone;
    if (const auto closed = as_instant("closedAt", member(issue, "closedAt")))
      task.stamps.closed_at = closed;
  } else if (*state != "OPEN") {
    refuse("state", member(issue, "state"), "one of OPEN, CLOSED");
  } else if (reason == "REOPENED") {
    task.patch.status = Status::kTodo;
  }
}

wire::ImportTask read_issue(const wire::Members& issue) {
  wire::ImportTask task;
  Notes notes("github");
  const auto title = member(issue, "title");
  task.patch.title = clean_line(as_string("title", title), model::kMaxTitle);
  check_said(issue, "title", *task.patch.title);
  task.patch.external_id.emplace(external_id(member(issue, "url")));
  read_state(task, issue);
  read_labels(task, notes, issue);
  read_people(task, notes, issue);
  notes.add("url", member(issue, "url"));
  const auto body = as_optional_string("body", member(issue, "body"));
  task.patch.body = notes.below(clean_text(body.value_or("")));
  task.stamps.created_at = as_instant("createdAt", member(issue, "createdAt"));
  task.stamps.updated_at = as_instant("updatedAt", member(issue, "updatedAt"));
  return task;
}

wire::ImportComment read_comment(const wire::ImportTask& task, const wire::Members& comment) {
  const auto text = clean_text(as_string("comments", member(comment, "body")));
  return {.task = **task.patch.external_id,
          .author = clean_line(login_of(comment).value_or("github"), model::kMaxName),
          .text = util::trim(text).empty() ? "(empty comment)" : text,
          .at = as_instant("comments", member(comment, "createdAt"))};
}

void convert(const JsonRecord& record, Findings& findings) {
  const auto issue = as_record(record.json);
  auto task = read_issue(issue);
  std::vector<wire::ImportComment> comments;
  for (const auto& item : as_array("comments", member(issue, "comments"))) {
    comments.push_back(read_comment(task, as_record(item)));
  }
  findings.add(record.line, std::move(task));
  for (auto& comment : comments) findings.add(record.line, std::move(comment));
}

}  // namespace

void parse_github(std::string_view text, const Context&, Findings& findings) {
  for (const auto& record : json_records(text)) {
    findings.attempt(record.line, [&] { convert(record, findings); });
  }
}

}  // namespace taskman::transfer
