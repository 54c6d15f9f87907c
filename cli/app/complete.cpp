#include "cli/app/complete.hpp"

#include <algorithm>

#include "cli/app/candidates.hpp"
#include "cli/app/place.hpp"
#include "cli/app/topics.hpp"
#include "cli/commands/all.hpp"
#include "cli/commands/kinds.hpp"
#include "cli/commands/print.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/util/text.hpp"
#include "common/wire/schema.hpp"

namespace taskman::app {
namespace {

using cli::Complete;
using cli::Flag;

constexpr std::string_view kFiles = ":files\n";
constexpr std::size_t kDescriptionColumns = 60;
constexpr std::size_t kMost = 1000;

/// One value that is to be completed, of a flag or an argument.
struct Slot {
  Complete complete;
  std::span<const std::string_view> choices;
  const cli::Command* command;
  const Words& given;
};

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

/// Task ids, also as `#42`, `+42` and `-42`; not those that stand there already.
Candidates tasks(const Slot& slot, std::string_view typed, const Source& source) {
  const auto mark = typed.substr(0, std::min(typed.find_first_not_of("#+-"), typed.size()));
  Candidates candidates = source.ask("tasks", typed.substr(mark.size()));
  std::erase_if(candidates, [&](const Candidate& each) {
    return std::ranges::find(slot.given, each.value) != slot.given.end();
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
  if (slot.given.empty())
    return fitting({{"task", "tasks by their ids"}, {"sprint", "a sprint"}}, typed);
  if (slot.given.front() == "task") return tasks(slot, typed, source);
  const bool sprint = slot.given.front() == "sprint" && slot.given.size() == 1;
  return sprint ? source.ask("sprints", typed) : Candidates{};
}

Candidates watched(const Slot& slot, std::string_view typed, const Source& source) {
  Candidates candidates = named(slot, typed, source);
  const bool is_named =
      !slot.given.empty() && (slot.given.front() == "task" || slot.given.front() == "sprint");
  if (is_named) return candidates;
  for (auto& each : filter_words(typed, source)) candidates.push_back(std::move(each));
  return candidates;
}

/// What `taskman wait --for` knows besides the fields of filters.
Candidates conditions(std::string_view typed, const Source& source) {
  Candidates candidates = fitting({{"exists", "a task is there"},
                                   {"ready", "a task can be begun"},
                                   {"empty", "no open task is in a sprint"},
                                   {"closed", "a sprint is closed"},
                                   {"count=0", "no task matches --filter"}},
                                  typed);
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

Candidates values(const Slot& slot, std::string_view typed, const Source& source) {
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
      return conditions(typed, source);
    case Complete::kHook:
      return source.ask("hooks", typed);
    case Complete::kChanges:
      return changes(typed, source);
    case Complete::kField:
      return last_of_list(fields_of(slot.command), typed);
    case Complete::kSortKey:
      return last_of_list(sort_keys(slot.command, source), typed);
    case Complete::kDate:
      return fitting(dates(), typed);
    case Complete::kSetting:
      return fitting(settings(), typed);
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

Candidates commands(const Place& place) {
  Candidates candidates;
  const auto add = [&](std::string_view word, std::string_view says) {
    candidates.push_back({std::string(word), std::string(says)});
  };
  if (place.noun.empty()) {
    for (const auto& noun : cli::nouns()) add(noun.name, noun.summary);
    if (!place.is_help) add("help", "of a command, or about a topic");
  }
  if (place.is_help && place.noun.empty()) {
    for (const auto& topic : topics()) add(topic.name, topic.summary);
  }
  for (const auto* row : cli::all()) {
    if (row->noun == place.noun) add(row->verb, row->summary);
    if (place.noun.empty() && !row->shorthand.empty()) add(row->shorthand, row->summary);
  }
  return fitting(std::move(candidates), place.typed);
}

Candidates flag_names(const Place& place) {
  Candidates candidates;
  if (place.command == nullptr) {
    candidates = {{"--help", "print help"}};
    if (place.noun.empty()) candidates.push_back({"--version", "print the version"});
    return fitting(std::move(candidates), place.typed);
  }
  for (const Flag& flag : cli::flags_of(*place.command)) {
    if (flag.repeat == cli::Repeat::kOnce && place.used.contains(flag.name)) continue;
    const std::string help(flag.help);
    candidates.push_back({"--" + std::string(flag.name), help});
    if (flag.letter != 0 && place.typed.size() == 2)
      candidates.push_back({std::string("-") + flag.letter, help});
  }
  return fitting(std::move(candidates), place.typed);
}

std::string as_lines(const Candidates& candidates) {
  std::string lines;
  std::size_t count = 0;
  for (const auto& each : candidates) {
    if (util::find_control(each.value) || count == kMost) continue;
    lines.append(each.value)
        .append("\t")
        .append(util::fit(util::escape_for_terminal(each.description), kDescriptionColumns))
        .append("\n");
    ++count;
  }
  return lines;
}

std::string value_lines(const Slot& slot, const Place& place, const Source& source) {
  if (slot.complete == Complete::kFile) return std::string(kFiles);
  return as_lines(fitting(values(slot, place.typed, source), {}, place.before));
}

}  // namespace

std::string complete(const cli::World& world, const Words& words) {
  const Place place = find_place(words);
  const Source source(world, place.url);
  const auto slot = [&](const auto& of) {
    return Slot{of.complete, of.choices, place.command, place.given};
  };
  switch (place.kind) {
    case Place::Kind::kCommand:
      return as_lines(commands(place));
    case Place::Kind::kFlagName:
      return as_lines(flag_names(place));
    case Place::Kind::kFlagValue:
      return value_lines(slot(*place.flag), place, source);
    case Place::Kind::kArgument:
      return value_lines(slot(*place.arg), place, source);
    case Place::Kind::kNothing:
      break;
  }
  return {};
}

}  // namespace taskman::app
