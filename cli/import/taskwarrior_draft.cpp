#include "cli/import/taskwarrior_draft.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "cli/import/values.hpp"
#include "common/util/text.hpp"

namespace taskman::transfer {
namespace {

using model::Priority;

using Attribute = void (*)(Draft& draft, std::string_view json);

void read_description(Draft& draft, std::string_view json) {
  const auto text = as_string("description", json);
  draft.task.patch.title = clean_line(text, model::kMaxTitle);
  if (*draft.task.patch.title != text) draft.notes.add("description", json);
}

void read_priority(Draft& draft, std::string_view json) {
  const auto letter = as_optional_string("priority", json);
  auto& priority = *draft.task.patch.priority;
  if (letter == "H" && priority != Priority::kP0) priority = Priority::kP1;
  if (letter == "L") priority = Priority::kP3;
  // p2 is also what a task without a priority gets; the note tells them apart.
  if (letter && priority == Priority::kP2) draft.notes.add("priority", json);
}

void read_project(Draft& draft, std::string_view json) {
  draft.project_name = as_optional_string("project", json);
  if (!draft.project_name) return;
  const auto& key = draft.task.patch.project->emplace(clean_key(*draft.project_name));
  if (key != *draft.project_name) draft.notes.add("project", json);
}

void read_tags(Draft& draft, std::string_view json) {
  constexpr std::size_t kMost = model::kMaxLabels - 1;  // one is ours: recurring
  auto tags = as_strings("tags", json);
  auto& labels = *draft.task.patch.labels;
  for (const auto& tag : tags) labels.push_back(clean_word(tag));
  if (labels.size() > kMost) labels.resize(kMost);
  if (labels != tags) draft.notes.add("tags", json);
}

// An array since 2.6, before that a text with commas.
void read_depends(Draft& draft, std::string_view json) {
  if (json.starts_with('[')) {
    draft.depends = as_strings("depends", json);
    return;
  }
  const auto text = as_string("depends", json);
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(',', at), text.size());
    draft.depends.push_back(text.substr(at, end - at));
    at = end + 1;
  }
}

void read_annotations(Draft& draft, std::string_view json) {
  for (const auto& item : as_array("annotations", json))
    draft.annotations.push_back(as_record(item));
}

void read_own_status(Draft& draft, std::string_view json) {
  draft.own_status = model::find_status(as_string("taskman_status", json));
  if (!draft.own_status) refuse("taskman_status", json, "a status");
}

void read_own_priority(Draft& draft, std::string_view json) {
  draft.task.patch.priority = model::find_priority(as_string("taskman_priority", json));
  if (!draft.task.patch.priority) refuse("taskman_priority", json, "a priority");
}

void read_own_points(Draft& draft, std::string_view json) {
  const auto points = util::parse_integer(wire::value_text(json));
  if (!points) refuse("taskman_points", json, "an integer");
  draft.task.patch.points.emplace(*points);
}

constexpr std::array<std::pair<std::string_view, Attribute>, 22> kAttributes{{
    {"id", [](Draft&, std::string_view) {}},
    {"urgency", [](Draft&, std::string_view) {}},
    {"description", read_description},
    {"priority", read_priority},
    {"project", read_project},
    {"tags", read_tags},
    {"depends", read_depends},
    {"annotations", read_annotations},
    {"uuid", [](Draft& draft, std::string_view json) { draft.uuid = as_string("uuid", json); }},
    {"status",
     [](Draft& draft, std::string_view json) {
       draft.status = as_string("status", json);
       draft.status_json = json;
     }},
    {"entry",
     [](Draft& draft, std::string_view json) {
       draft.task.stamps.created_at = as_instant("entry", json);
     }},
    {"modified",
     [](Draft& draft, std::string_view json) {
       draft.task.stamps.updated_at = as_instant("modified", json);
     }},
    {"due",
     [](Draft& draft, std::string_view json) { draft.task.patch.due = as_instant("due", json); }},
    {"start", [](Draft& draft, std::string_view json) { draft.start = as_instant("start", json); }},
    {"end", [](Draft& draft, std::string_view json) { draft.end = as_instant("end", json); }},
    {"wait",
     [](Draft& draft, std::string_view json) {
       draft.wait = as_instant("wait", json);
       draft.notes.add("wait", json);
     }},
    {"taskman_status", read_own_status},
    {"taskman_reason",
     [](Draft& draft, std::string_view json) {
       draft.own_reason = as_string("taskman_reason", json);
     }},
    {"taskman_priority", read_own_priority},
    {"taskman_points", read_own_points},
    {"taskman_assignee",
     [](Draft& draft, std::string_view json) {
       draft.task.patch.assignee.emplace(as_string("taskman_assignee", json));
     }},
    {"taskman_body",
     [](Draft& draft, std::string_view json) { draft.body = as_string("taskman_body", json); }},
}};

}  // namespace

Draft blank_draft() {
  Draft draft;
  auto& patch = draft.task.patch;
  patch.priority = Priority::kP2;
  patch.project.emplace();
  patch.labels.emplace();
  patch.due.emplace();
  patch.blocked_reason.emplace();
  draft.task.blocked_by.emplace();
  return draft;
}

void read_attribute(Draft& draft, std::string_view name, std::string_view json) {
  const auto known =
      std::ranges::find(kAttributes, name, &decltype(kAttributes)::value_type::first);
  if (known != kAttributes.end()) return known->second(draft, json);
  draft.notes.add(name, json);
}

}  // namespace taskman::transfer
