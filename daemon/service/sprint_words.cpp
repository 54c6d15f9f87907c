#include "daemon/service/sprint_words.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>

#include "common/util/shell.hpp"
#include "common/util/text.hpp"
#include "daemon/service/references.hpp"

namespace taskman::service {
namespace {

using error::Code;
using error::Error;
using model::Sprint;
using model::SprintState;
using Sprints = std::vector<Sprint>;
using Group = std::optional<std::string>;  // a project's key, or none

struct Relative {
  std::string_view word;
  SprintState state;
  std::string_view absent;
  std::string_view hint;
};

constexpr std::array kRelative{
    Relative{"current", SprintState::kActive, "no sprint is active",
             "start one with: taskman sprint start NAME"},
    Relative{"next", SprintState::kPlanned, "no sprint is planned",
             "plan one with: taskman sprint add NAME"},
    Relative{"prev", SprintState::kClosed, "no sprint is closed yet",
             "list them with: taskman sprint list"},
};

const Relative* find_relative(std::string_view word) {
  const auto found = std::ranges::find_if(
      kRelative, [&](const auto& row) { return util::equals_ignoring_case(row.word, word); });
  return found == kRelative.end() ? nullptr : found;
}

// Sprints come by start, then id: the next is the first of the planned, the previous is closed
// last.
bool goes_before(const Sprint& a, const Sprint& b, SprintState state) {
  return state == SprintState::kClosed && a.closed_at > b.closed_at;
}

// One sprint per project: what the relative word means to each.
std::map<Group, Sprint> relative_by_project(Sprints sprints, SprintState state) {
  std::map<Group, Sprint> found;
  for (Sprint& sprint : sprints) {
    if (sprint.state != state) continue;
    const auto [place, is_new] = found.try_emplace(sprint.project, sprint);
    if (!is_new && goes_before(sprint, place->second, state)) place->second = std::move(sprint);
  }
  return found;
}

[[noreturn]] void refuse_ambiguous(const std::string& word, const Sprints& sprints) {
  std::vector<std::string> names;
  for (const Sprint& sprint : sprints) {
    names.push_back(fmt::format("{} '{}' of {}", sprint.id.value, sprint.name,
                                sprint.project ? "project " + *sprint.project : "no project"));
  }
  throw Error(Code::kInvalidValue,
              fmt::format("sprint '{}' could be several: {}", word, util::join(names, ", ")),
              "say which by its id, or name the project");
}

std::string absence(const Relative& relative, const Group& project) {
  return std::string(relative.absent) + (project ? fmt::format(" in project '{}'", *project) : "");
}

// All that the relative word could mean: of a project the one, its own before that of no project.
Sprints relative_sprints(const Relative& relative, const Group& project, Sprints sprints) {
  auto by_project = relative_by_project(std::move(sprints), relative.state);
  Sprints all;
  if (!project) {
    for (auto& [group, sprint] : by_project) all.push_back(std::move(sprint));
    return all;
  }
  for (const Group& group : {project, Group()}) {
    if (const auto found = by_project.find(group); found != by_project.end())
      return {found->second};
  }
  return all;
}

Sprint find_relative_sprint(const Relative& relative, const SprintQuestion& question,
                            Sprints sprints) {
  const Sprints found = relative_sprints(relative, question.project, std::move(sprints));
  if (found.size() == 1) return found.front();
  if (!found.empty()) refuse_ambiguous(question.word, found);
  throw Error(question.missing, absence(relative, question.project), std::string(relative.hint));
}

Sprints with_name(const Sprints& sprints, std::string_view name) {
  Sprints exact;
  Sprints close;
  for (const Sprint& sprint : sprints) {
    if (sprint.name == name) exact.push_back(sprint);
    if (util::equals_ignoring_case(sprint.name, name)) close.push_back(sprint);
  }
  return exact.empty() ? close : exact;
}

Sprints of_project(const Sprints& sprints, const Group& group) {
  Sprints found;
  std::ranges::copy_if(sprints, std::back_inserter(found),
                       [&](const Sprint& sprint) { return sprint.project == group; });
  return found;
}

[[noreturn]] void refuse_unknown(const SprintQuestion& question, const Sprints& sprints) {
  std::vector<std::string_view> names{"current", "next", "prev"};
  for (const Sprint& sprint : sprints) names.push_back(sprint.name);
  const auto near = util::suggest(question.word, names);
  const std::string add = "taskman sprint add " + util::shell_word(question.word);
  throw Error(question.missing, fmt::format("unknown sprint '{}'", question.word),
              near ? fmt::format("did you mean {}? create it with: {}", *near, add)
                   : "create it with: " + add);
}

// In a filter a name with spaces goes in quotes; without, its first word is what was read.
[[noreturn]] void refuse_unknown_in_filter(const SprintQuestion& question, const Sprints& sprints) {
  const std::string begin = util::to_lower(question.word) + ' ';
  const auto begun = std::ranges::find_if(sprints, [&](const Sprint& sprint) {
    return util::to_lower(sprint.name).starts_with(begin);
  });
  if (begun == sprints.end()) refuse_unknown(question, sprints);
  throw Error(question.missing, fmt::format("unknown sprint '{}'", question.word),
              fmt::format("a name with spaces needs quotes: sprint:\"{}\"", begun->name));
}

Sprint find_by_name(const SprintQuestion& question, const Sprints& sprints) {
  Sprints found = with_name(sprints, question.word);
  if (found.empty()) refuse_unknown(question, sprints);
  if (question.project && found.size() > 1) {
    for (const Group& group : {Group(question.project), Group()}) {
      Sprints own = of_project(found, group);
      if (own.size() == 1) return own.front();
    }
  }
  if (found.size() > 1) refuse_ambiguous(question.word, found);
  return found.front();
}

Sprint find_by_id(store::ReadTx& tx, std::int64_t id, const SprintQuestion& question) {
  auto sprint = tx.find_sprint({id});
  if (!sprint)
    throw Error(question.missing, fmt::format("no sprint {}", id),
                "list them with: taskman sprint list");
  return std::move(*sprint);
}

}  // namespace

Sprint find_sprint(store::ReadTx& tx, const SprintQuestion& question) {
  if (const auto id = util::parse_integer(question.word)) return find_by_id(tx, *id, question);
  Sprints sprints = tx.sprints();
  if (const auto* relative = find_relative(question.word)) {
    return find_relative_sprint(*relative, question, std::move(sprints));
  }
  return find_by_name(question, sprints);
}

Sprint find_sprint_of(store::ReadTx& tx, const std::string& word, const Group& project) {
  if (project && !util::parse_integer(word)) check_project(tx, *project);
  return find_sprint(tx, {.word = word, .project = project});
}

std::vector<model::SprintId> sprints_named(store::ReadTx& tx, const SprintQuestion& question) {
  if (const auto id = util::parse_integer(question.word)) return {find_by_id(tx, *id, question).id};
  const Sprints sprints = tx.sprints();
  Sprints found;
  if (const auto* relative = find_relative(question.word)) {
    found = relative_sprints(*relative, question.project, sprints);
  } else {
    found = with_name(sprints, question.word);
    if (found.empty()) refuse_unknown_in_filter(question, sprints);
    if (question.project) found = {find_by_name(question, sprints)};
  }
  std::vector<model::SprintId> ids;
  for (const Sprint& sprint : found) ids.push_back(sprint.id);
  return ids;
}

bool is_relative(std::string_view word) { return find_relative(word) != nullptr; }

std::optional<std::string> absence_of(std::string_view word, const Group& project) {
  const auto* relative = find_relative(word);
  return relative == nullptr ? std::nullopt : std::optional(absence(*relative, project));
}

}  // namespace taskman::service
