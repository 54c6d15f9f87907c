#include "cli/commands/watch_subject.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "cli/commands/ids.hpp"
#include "cli/commands/values.hpp"
#include "common/error/error.hpp"
#include "common/filter/filter.hpp"
#include "common/time/text.hpp"
#include "common/util/text.hpp"
#include "common/wire/json.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;

client::Query project_query(Session& session, const Invocation& watch) {
  const auto project = project_of(session, watch);
  return project ? client::Query{{"project", *project}} : client::Query{};
}

Subject sprint_subject(Session& session, const Invocation& watch, const std::string& word) {
  // By its id from here on: `current` may become another sprint while we watch.
  const auto answer = session.api().get(wire::sprint_path(word), project_query(session, watch));
  const auto id = wire::decode_sprint(answer.data).id;
  const std::string number = std::to_string(id.value);
  return {{{"sprint", number}}, sprint_panel(id), {.sprint = id}, {.filter = "sprint:" + number}};
}

/// An unknown task is said at once, not waited for.
void check_tasks(Session& session, const std::vector<model::TaskId>& ids, const std::string& list) {
  const auto answer =
      session.api().get(std::string(wire::kTasks), {{"filter", "id:" + list}, {"limit", "all"}});
  std::set<model::TaskId> found;
  for (const auto& item : wire::split_array(answer.data)) found.insert(wire::decode_task(item).id);
  for (const auto id : ids) {
    if (found.contains(id)) continue;
    throw Error(Code::kNotFound, "no task " + std::to_string(id.value),
                "list them with: taskman task list --all");
  }
}

Subject task_subject(Session& session, const Values& words) {
  const auto ids = read_followed_ids(session, words, "watch");
  const std::string list = id_list(ids);
  check_tasks(session, ids, list);
  const Goal::Watched watched{.filter = "id:" + list, .named = ids.size()};
  if (ids.size() == 1) return {{{"task", list}}, task_panel(ids.front()), {.tasks = ids}, watched};
  return {{{"task", list}},
          list_panel("tasks " + util::join(words, " "), {{"filter", "id:" + list}}),
          {.tasks = ids},
          watched};
}

Subject filter_subject(Session& session, const std::string& filter) {
  const auto parsed = filter::parse(filter, session.filter_context());
  if (filter::uses_body(parsed)) {
    throw Error(Code::kInvalidValue, "body: cannot be followed: the log does not carry bodies",
                "leave out body:");
  }
  const bool open_only = !filter::names_status(parsed) && !filter::names_tasks(parsed);
  std::string listed = filter.empty() ? "" : "(" + filter + ")";
  if (open_only) listed += listed.empty() ? "is:open" : " is:open";
  client::Query query;
  if (!filter.empty()) add_filter(session, query, filter);
  client::Query shown;
  add_filter(session, shown, listed);
  return {
      std::move(query),
      list_panel(filter.empty() ? "everything" : filter, shown, open_only ? "open task" : "task"),
      {},
      {.filter = filter}};
}

/// What is nearly a thing but more than a slip away from it: it is looked for in titles.
void suggest_thing(Session& session, const std::string& word) {
  static constexpr std::array<std::string_view, 2> kThings{"task", "sprint"};
  const auto near = util::suggest(word, kThings);
  if (!near) return;
  session.notice("taskman: looking for '" + util::escape_for_terminal(word) +
                 "' in titles; did you mean " + std::string(*near) + "?");
}

/// A letter too much, too little, wrong, or two swapped.
bool is_a_slip_of(std::string_view word, std::string_view wanted) {
  const auto [left, right] = std::ranges::mismatch(word, wanted);
  const std::string_view a(left, word.end());
  const std::string_view b(right, wanted.end());
  if (a.empty() || b.empty()) return a.size() + b.size() == 1;
  const bool swapped = a.size() > 1 && b.size() > 1 && a[0] == b[1] && a[1] == b[0];
  return a.substr(1) == b || a == b.substr(1) || a.substr(1) == b.substr(1) ||
         (swapped && a.substr(2) == b.substr(2));
}

bool is_number(std::string_view word) {
  return util::parse_integer(word.starts_with('#') ? word.substr(1) : word).has_value();
}

/// To a filter any word is a title to look for: a typo would be waited for for ever.
void refuse_typo(const std::string& first) {
  const std::string find = "; to follow titles with it: taskman watch title:" + first;
  for (const char* known : {"task", "sprint"}) {
    if (is_a_slip_of(first, known))
      throw Error(Code::kUsage, "watch: '" + util::escape_for_terminal(first) + "' is not known",
                  "did you mean taskman watch " + std::string(known) + "?" + find);
  }
  if (is_number(first))
    throw Error(Code::kUsage, "watch: the number " + first + " alone says not what to watch",
                "write taskman watch task " + first + find);
}

/// `--poll 5`: its number would be taken for a word.
void refuse_poll_number(const Invocation& watch, const Values& words) {
  if (words.empty() || watch.value("poll") != "") return;
  const bool sprint = words.front() == "sprint";
  const std::string& word = sprint ? words.back() : words.front();
  if (!time::parse_duration(word) || (sprint && words.size() < 3)) return;
  throw Error(Code::kUsage, "watch: '" + word + "' is not what to watch",
              "--poll takes its seconds behind '=': --poll=" + word);
}

Subject named_subject(Session& session, const Invocation& watch) {
  Values words = watch.all("WHAT");
  refuse_poll_number(watch, words);
  const std::string first = words.empty() ? "" : words.front();
  if (first != "sprint" && watch.has("project"))
    throw Error(Code::kUsage, "--project says whose sprint, and none is watched",
                "in a filter write project:" + *watch.value("project"));
  if (first != "task" && first != "sprint") {
    refuse_typo(first);
    suggest_thing(session, first);
    return filter_subject(session, util::join(words, " "));
  }
  words.erase(words.begin());
  if (first == "task") return task_subject(session, words);
  if (words.size() > 1)
    throw Error(Code::kUsage, "watch sprint: one sprint at a time", "quote a name with spaces");
  return sprint_subject(session, watch, words.empty() ? "current" : words.front());
}

}  // namespace

Subject subject_of(Session& session, const Invocation& watch) {
  Subject subject = named_subject(session, watch);
  if (const auto wanted = watch.value("until")) {
    subject.goal.emplace(session, subject.watched, *wanted);
  }
  return subject;
}

}  // namespace taskman::cli
