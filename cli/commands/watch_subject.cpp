#include "cli/commands/watch_subject.hpp"

#include <array>
#include <set>
#include <utility>

#include "cli/commands/ids.hpp"
#include "cli/commands/values.hpp"
#include "common/error/error.hpp"
#include "common/filter/filter.hpp"
#include "common/util/text.hpp"
#include "common/wire/json.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;

constexpr std::size_t kMostTasks = 500;  // their ids are a part of the URL

client::Query project_query(Session& session) {
  const auto project = session.settings().text(config::Key::kProject);
  return project ? client::Query{{"project", *project}} : client::Query{};
}

Subject sprint_subject(Session& session, const std::string& word) {
  // By its id from here on: `current` may become another sprint while we watch.
  const auto answer = session.api().get(wire::sprint_path(word), project_query(session));
  const auto id = wire::decode_sprint(answer.data).id;
  return {{{"sprint", std::to_string(id.value)}}, sprint_panel(id)};
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
  if (words.empty())
    throw Error(Code::kUsage, "watch task: no id given", "give ids: taskman watch task 42");
  const auto ids = read_ids(session, words);
  if (ids.size() > kMostTasks) {
    throw Error(Code::kInvalidValue,
                "watch task: " + std::to_string(ids.size()) + " tasks are more than " +
                    std::to_string(kMostTasks),
                "watch a filter instead, such as label:release");
  }
  std::string list;
  for (const auto id : ids) list += (list.empty() ? "" : ",") + std::to_string(id.value);
  check_tasks(session, ids, list);
  if (ids.size() == 1) return {{{"task", list}}, task_panel(ids.front())};
  return {{{"task", list}},
          list_panel("tasks " + util::join(words, " "), {{"filter", "id:" + list}})};
}

Subject filter_subject(Session& session, const std::string& filter) {
  const auto parsed = filter::parse(filter, session.filter_context());
  if (filter::uses_body(parsed)) {
    throw Error(Code::kInvalidValue, "body: cannot be followed: the log does not carry bodies",
                "leave out body:");
  }
  const bool open_only = !filter::names_status(parsed);
  std::string listed = filter.empty() ? "" : "(" + filter + ")";
  if (open_only) listed += listed.empty() ? "is:open" : " is:open";
  client::Query query;
  if (!filter.empty()) add_filter(session, query, filter);
  client::Query shown;
  add_filter(session, shown, listed);
  return {std::move(query), list_panel(filter.empty() ? "all changes" : filter, shown)};
}

/// A bare word is looked for in titles, which is seldom what `watch sprnt` means.
void suggest_thing(Session& session, const std::string& word) {
  static constexpr std::array<std::string_view, 2> kThings{"task", "sprint"};
  const auto near = util::suggest(word, kThings);
  if (!near) return;
  session.notice("taskman: looking for '" + util::escape_for_terminal(word) +
                 "' in titles; did you mean " + std::string(*near) + "?");
}

}  // namespace

Subject subject_of(Session& session, Values words) {
  const std::string first = words.empty() ? "" : words.front();
  if (first != "task" && first != "sprint") {
    suggest_thing(session, first);
    return filter_subject(session, util::join(words, " "));
  }
  words.erase(words.begin());
  if (first == "task") return task_subject(session, words);
  if (words.size() > 1)
    throw Error(Code::kUsage, "watch sprint: one sprint at a time", "quote a name with spaces");
  return sprint_subject(session, words.empty() ? "current" : words.front());
}

}  // namespace taskman::cli
