#include "cli/app/complete.hpp"

#include <algorithm>

#include "cli/app/candidates.hpp"
#include "cli/app/place.hpp"
#include "cli/app/topics.hpp"
#include "cli/app/value_candidates.hpp"
#include "cli/commands/all.hpp"
#include "cli/session/shared_flags.hpp"
#include "common/util/text.hpp"

namespace taskman::app {
namespace {

using cli::Complete;
using cli::Flag;

constexpr std::string_view kFiles = ":files\n";
constexpr std::size_t kDescriptionColumns = 60;
constexpr std::size_t kMost = 1000;

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
  return as_lines(fitting(value_candidates(slot, place.typed, source), {}, place.before));
}

}  // namespace

std::string complete(const cli::World& world, const Words& words) {
  const Place place = find_place(words);
  const Source source(world, place.url);
  const auto slot = [&](const auto& of) { return Slot{of.complete, of.choices, place}; };
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
