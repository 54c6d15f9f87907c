#include "cli/app/value_candidates.hpp"

#include <algorithm>

#include "cli/commands/condition.hpp"
#include "cli/commands/kinds.hpp"
#include "cli/commands/print.hpp"
#include "common/config/settings.hpp"
#include "common/wire/schema.hpp"

namespace taskman::app {
namespace {

using cli::Complete;

Candidates plain(std::span<const std::string_view> words) {
  Candidates candidates;
  for (const auto word : words) candidates.push_back({std::string(word), ""});
  return candidates;
}

Candidates fields_of(const cli::Command* command) {
  Candidates candidates;
  if (command == nullptr) return candidates;
  for (auto& name : cli::known_fields(*command)) candidates.push_back({std::move(name), ""});
  return candidates;
}

/// Lists of tasks are sorted by the daemon, which knows more than the fields.
Candidates sort_keys(const cli::Command* command, const Source& source) {
  const bool tasks = command != nullptr && command->answers == cli::task_kind;
  return tasks ? source.ask("sort_keys", "") : fields_of(command);
}

/// Task ids, also as `#42`, `+42` and `-42`; not those that stand there already: no task is its own
/// parent.
Candidates tasks(const Slot& slot, std::string_view typed, const Source& source) {
  const auto mark = typed.substr(0, std::min(typed.find_first_not_of("#+-"), typed.size()));
  Candidates candidates = source.ask("tasks", typed.substr(mark.size()));
  std::erase_if(candidates, [&](const Candidate& each) {
    return std::ranges::find(slot.place.words, each.value) != slot.place.words.end();
  });
  return fitting(std::move(candidates), {}, mark);
}

/// `+api`, `-api` as well.
Candidates labels(std::string_view typed, const Source& source) {
  const auto mark = typed.substr(0, typed.starts_with('+') || typed.starts_with('-') ? 1 : 0);
  return fitting(source.ask("labels", typed.substr(mark.size())), {}, mark);
}

Candidates assignees(std::string_view typed, const Source& source) {
  Candidates candidates = fitting({{"@me", "you"}}, typed);
  for (auto& each : source.ask("assignees", typed)) candidates.push_back(std::move(each));
  return candidates;
}

/// The last of `a,b,c`; `-a` as well.
Candidates last_of_list(const Candidates& candidates, std::string_view typed) {
  const auto comma = typed.rfind(',');
  auto begin = comma == std::string_view::npos ? 0 : comma + 1;
  if (begin < typed.size() && typed[begin] == '-') ++begin;
  return fitting(candidates, typed.substr(begin), typed.substr(0, begin));
}

/// `task ID…`, `sprint S`.
Candidates named(const Slot& slot, std::string_view typed, const Source& source) {
  const Words& given = slot.place.given;
  if (given.empty())
    return fitting({{"task", "tasks by their ids"}, {"sprint", "a sprint"}}, typed);
  if (given.front() == "task") return tasks(slot, typed, source);
  const bool sprint = given.front() == "sprint" && given.size() == 1;
  return sprint ? source.ask("sprints", typed) : Candidates{};
}

Candidates watched(const Slot& slot, std::string_view typed, const Source& source) {
  Candidates candidates = named(slot, typed, source);
  const Words& given = slot.place.given;
  const bool is_named = !given.empty() && (given.front() == "task" || given.front() == "sprint");
  if (is_named) return candidates;
  for (auto& each : filter_words(typed, source)) candidates.push_back(std::move(each));
  return candidates;
}

/// What `taskman wait` can wait for, of what the line names so far: of tasks also what fields hold.
Candidates conditions(const Slot& slot, std::string_view typed, const Source& source) {
  const Words& words = slot.place.words;
  const bool is_counted = slot.place.used.contains("filter");
  const bool is_open = words.empty() && !is_counted;
  Candidates candidates;
  const auto add = [&](std::span<const cli::ConditionWord> rows) {
    for (const auto& row : rows)
      candidates.push_back({std::string(row.text), std::string(row.meaning)});
  };
  const bool of_tasks = is_open || (!words.empty() && words.front() == "task");
  if (of_tasks) add(cli::TaskCondition::words());
  if (is_open || (!words.empty() && words.front() == "sprint")) {
    add(cli::SprintCondition::words());
    for (auto& each : fitting(sprint_states(), {}, "status="))
      candidates.push_back(std::move(each));
  }
  if (is_open || is_counted) add(cli::CountCondition::words());
  candidates = fitting(std::move(candidates), typed);
  if (!of_tasks) return candidates;
  for (auto& each : filter_words(typed, source)) candidates.push_back(std::move(each));
  return candidates;
}

/// `task.updated,sprint.* status:done`: types lead, and what is no type begins the filter.
Candidates changes(std::string_view typed, const Source& source) {
  const auto begin = typed.rfind(' ') + 1;  // none: 0
  const auto before = typed.substr(0, begin);
  Candidates candidates;
  if (before.find_first_of(":=<>~(\"") == std::string_view::npos)
    candidates = fitting(last_of_list(change_types(), typed.substr(begin)), {}, before);
  for (auto& each : filter_words(typed, source)) candidates.push_back(std::move(each));
  return candidates;
}

/// `true` and `false`, or what else there is to choose from.
Candidates setting_values(const Slot& slot) {
  const Words& words = slot.place.words;
  const auto row = std::ranges::find_if(config::settings(), [&](const config::Setting& setting) {
    return !words.empty() && setting.name == words.front();
  });
  if (row == config::settings().end()) return {};
  if (row->type == config::Type::kSwitch) return {{"true", ""}, {"false", ""}};
  return plain(row->choices);
}

Candidates schema_fields(const Slot& slot) {
  Candidates candidates;
  if (slot.place.words.empty()) return candidates;
  for (auto& name : wire::picked_fields(slot.place.words.front()))
    candidates.push_back({std::move(name), ""});
  return candidates;
}

}  // namespace

Candidates value_candidates(const Slot& slot, std::string_view typed, const Source& source) {
  switch (slot.complete) {
    case Complete::kTask:
      return tasks(slot, typed, source);
    case Complete::kSprint:
      return source.ask("sprints", typed);
    case Complete::kProject:
      return source.ask("projects", typed);
    case Complete::kLabel:
      return labels(typed, source);
    case Complete::kAssignee:
      return assignees(typed, source);
    case Complete::kActor:
      return source.ask("assignees", typed);
    case Complete::kStatus:
      return fitting(statuses(), typed);
    case Complete::kPriority:
      return fitting(priorities(), typed);
    case Complete::kSprintState:
      return fitting(sprint_states(), typed);
    case Complete::kFilter:
      return filter_words(typed, source);
    case Complete::kWatched:
      return watched(slot, typed, source);
    case Complete::kAwaited:
      return named(slot, typed, source);
    case Complete::kCondition:
      return conditions(slot, typed, source);
    case Complete::kHook:
      return source.ask("hooks", typed);
    case Complete::kChanges:
      return changes(typed, source);
    case Complete::kField:
      return last_of_list(fields_of(slot.place.command), typed);
    case Complete::kSortKey:
      return last_of_list(sort_keys(slot.place.command, source), typed);
    case Complete::kDate:
      return fitting(dates(), typed);
    case Complete::kSetting:
      return fitting(settings(), typed);
    case Complete::kSettingValue:
      return fitting(setting_values(slot), typed);
    case Complete::kSchemaField:
      return last_of_list(schema_fields(slot), typed);
    case Complete::kSchema:
      return fitting(plain(wire::schema_names()), typed);
    case Complete::kChoice:
      return fitting(plain(slot.choices), typed);
    case Complete::kNothing:
    case Complete::kFile:
      break;
  }
  return {};
}

}  // namespace taskman::app
