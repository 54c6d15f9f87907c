// Completion of the filter language, by the tables its parser uses.

#include "cli/app/candidates.hpp"

namespace taskman::app {
namespace {

using filter::Absence;
using filter::Field;
using filter::FieldWord;

/// Where the last term of the word begins: behind spaces, parentheses and `~` outside of quotes.
std::size_t begin_of_term(std::string_view typed) {
  std::size_t begin = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    if (typed[i] == '"') quoted = !quoted;
    if (!quoted && std::string_view(" ()~").find(typed[i]) != std::string_view::npos) begin = i + 1;
  }
  return begin;
}

Candidates field_names() {
  Candidates candidates;
  for (const FieldWord& row : filter::field_words())
    candidates.push_back({std::string(row.name) + ":", std::string(row.meaning)});
  return candidates;
}

Candidates flags() {
  Candidates candidates;
  for (const auto& row : filter::flag_words())
    candidates.push_back({std::string(row.name), std::string(row.meaning)});
  return candidates;
}

/// A name as the language reads it: in quotes when it would be taken apart.
std::string as_value(const std::string& name) {
  if (name.find_first_of(" \t\r\n,()\"\\") == std::string::npos && name != "none") return name;
  std::string quoted = "\"";
  for (const char c : name) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

/// Names of things that only the daemon knows.
Candidates names(const Source& source, std::string_view kind, std::string_view typed) {
  if (typed.starts_with('"')) typed.remove_prefix(1);
  Candidates candidates = source.ask(kind, typed);
  for (auto& each : candidates) each.value = as_value(each.value);
  return candidates;
}

Candidates named(const FieldWord& field, std::string_view typed, const Source& source) {
  switch (field.field) {
    case Field::kProject:
      return names(source, "projects", typed);
    case Field::kSprint:
      return names(source, "sprints", typed);
    case Field::kLabel:
      return names(source, "labels", typed);
    default:
      return {};
  }
}

Candidates people(std::string_view typed, const Source& source) {
  Candidates candidates = fitting({{"@me", "you"}}, typed);
  for (auto& each : names(source, "assignees", typed)) candidates.push_back(std::move(each));
  return candidates;
}

Candidates numbers(const FieldWord& field, std::string_view typed, const Source& source) {
  return field.field == Field::kPoints ? Candidates{} : source.ask("tasks", typed);
}

Candidates values_of(const FieldWord& field, std::string_view typed, const Source& source) {
  switch (field.kind) {
    case filter::Kind::kStatus:
      return fitting(statuses(), typed);
    case filter::Kind::kFlag:
      return fitting(flags(), typed);
    case filter::Kind::kPriority:
      return fitting(priorities(), typed);
    case filter::Kind::kName:
      return named(field, typed, source);
    case filter::Kind::kPerson:
      return people(typed, source);
    case filter::Kind::kInteger:
      return numbers(field, typed, source);
    case filter::Kind::kDate:
      return fitting(dates(), typed);
    case filter::Kind::kText:
      return {};
  }
  return {};
}

/// Where the last value of `a,b,c` begins; commas in quotes do not count.
std::size_t begin_of_value(std::string_view values) {
  std::size_t begin = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] == '"') quoted = !quoted;
    if (!quoted && values[i] == ',') begin = i + 1;
  }
  return begin;
}

}  // namespace

Candidates filter_words(std::string_view typed, const Source& source) {
  const auto begin = begin_of_term(typed);
  const auto term = typed.substr(begin);
  const auto colon = term.find_first_of(":=<>");
  if (colon == std::string_view::npos) return fitting(field_names(), term, typed.substr(0, begin));
  const FieldWord* field = filter::find_field(term.substr(0, colon));
  if (field == nullptr) return {};
  const bool compares = term[colon] != ':' && colon + 1 < term.size() && term[colon + 1] == '=';
  const auto first = begin + colon + (compares ? 2 : 1);
  const auto last = first + begin_of_value(typed.substr(first));
  const auto value = typed.substr(last);
  Candidates candidates = values_of(*field, value, source);
  if (field->absence == Absence::kPossible && term[colon] == ':') {
    for (auto& each : fitting({{"none", "without one"}}, value)) candidates.push_back(each);
  }
  return fitting(std::move(candidates), {}, typed.substr(0, last));
}

}  // namespace taskman::app
