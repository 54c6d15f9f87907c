#include "cli/commands/task_fields.hpp"

#include <algorithm>

#include "cli/commands/ids.hpp"
#include "cli/commands/values.hpp"
#include "common/error/error.hpp"
#include "common/util/text.hpp"

namespace taskman::cli {
namespace {

using error::Code;
using error::Error;

/// `none`, or values of which some add (+x) and some remove (-x); bare ones replace what is there.
struct SetEdit {
  bool replaces = false;
  Values values;
  Values add;
  Values remove;
};

SetEdit read_set(const Values& given) {
  SetEdit edit;
  for (const auto& value : given) {
    if (value.size() > 1 && value.front() == '+') {
      edit.add.push_back(value.substr(1));
    } else if (value.size() > 1 && value.front() == '-') {
      edit.remove.push_back(value.substr(1));
    } else {
      edit.replaces = true;
      if (value != "none") edit.values.push_back(value);
    }
  }
  if (!edit.replaces) return edit;
  edit.values.insert(edit.values.end(), edit.add.begin(), edit.add.end());
  std::erase_if(edit.values, [&](const auto& value) {
    return std::ranges::find(edit.remove, value) != edit.remove.end();
  });
  edit.add.clear();
  edit.remove.clear();
  return edit;
}

const Values& labels_of(const Invocation& invocation) {
  const Values& labels = invocation.values("label");
  for (const auto& label : labels) {
    if (label.find(',') == std::string::npos) continue;
    throw Error(Code::kInvalidValue,
                "--label: '" + util::escape_for_terminal(label) + "' has a comma",
                "give --label once for each");
  }
  return labels;
}

std::vector<model::TaskId> ids_of(const Values& words) {
  std::vector<model::TaskId> ids;
  for (const auto& word : words) ids.push_back(parse_id(word, "--blocked-by"));
  std::ranges::sort(ids);
  ids.erase(std::ranges::unique(ids).begin(), ids.end());
  return ids;
}

Values without_none(const Values& values) {
  Values kept = values;
  std::erase(kept, "none");
  std::ranges::sort(kept);
  kept.erase(std::ranges::unique(kept).begin(), kept.end());
  return kept;
}

std::optional<model::TaskId> parent_of(const std::string& word) {
  const auto given = unless_none(word);
  return given ? std::optional(parse_id(*given, "--parent")) : std::nullopt;
}

std::optional<std::int64_t> points_of(const std::string& word) {
  const auto given = unless_none(word);
  return given ? std::optional(parse_number("--points", *given)) : std::nullopt;
}

std::optional<util::Instant> due_of(Session& session, const std::string& word) {
  const auto given = unless_none(word);
  return given ? std::optional(parse_due(session, *given)) : std::nullopt;
}

void edit_sets(const Invocation& invocation, model::TaskPatch& patch) {
  const SetEdit labels = read_set(labels_of(invocation));
  if (labels.replaces) patch.labels = without_none(labels.values);
  patch.add_labels = labels.add;
  patch.remove_labels = labels.remove;
  const SetEdit blockers = read_set(invocation.values("blocked-by"));
  if (blockers.replaces) patch.blocked_by = ids_of(blockers.values);
  patch.add_blocked_by = ids_of(blockers.add);
  patch.remove_blocked_by = ids_of(blockers.remove);
}

}  // namespace

wire::NewTask new_task(Session& session, const Invocation& invocation, std::string title) {
  wire::NewTask task;
  auto& fields = task.fields;
  fields.title = std::move(title);
  fields.project = project_of(session, invocation);
  fields.labels = without_none(labels_of(invocation));
  fields.blocked_by = ids_of(without_none(invocation.values("blocked-by")));
  if (const auto text = invocation.value("body")) fields.body = text_or_stdin(session, *text);
  if (const auto text = invocation.value("parent")) fields.parent = parent_of(*text);
  if (const auto text = invocation.value("assignee"))
    fields.assignee = parse_person(session, *text);
  if (const auto text = invocation.value("points")) fields.points = points_of(*text);
  if (const auto text = invocation.value("due")) fields.due = due_of(session, *text);
  if (const auto text = invocation.value("priority")) fields.priority = parse_priority(*text);
  if (const auto text = invocation.value("status")) fields.status = parse_status(*text);
  if (const auto text = invocation.value("external-id")) fields.external_id = unless_none(*text);
  if (const auto text = invocation.value("sprint")) {
    if (const auto word = unless_none(*text)) task.sprint = wire::SprintWord{*word};
  }
  return task;
}

wire::TaskEdit task_edit(Session& session, const Invocation& invocation) {
  wire::TaskEdit edit;
  auto& patch = edit.patch;
  patch.title = invocation.value("title");
  if (const auto text = invocation.value("body")) patch.body = text_or_stdin(session, *text);
  if (const auto text = invocation.value("project")) patch.project = unless_none(*text);
  if (const auto text = invocation.value("parent")) patch.parent = parent_of(*text);
  if (const auto text = invocation.value("assignee")) patch.assignee = parse_person(session, *text);
  if (const auto text = invocation.value("points")) patch.points = points_of(*text);
  if (const auto text = invocation.value("due")) patch.due = due_of(session, *text);
  if (const auto text = invocation.value("priority")) patch.priority = parse_priority(*text);
  if (const auto text = invocation.value("status")) patch.status = parse_status(*text);
  if (const auto text = invocation.value("external-id")) patch.external_id = unless_none(*text);
  if (const auto text = invocation.value("sprint")) {
    const auto word = unless_none(*text);
    edit.sprint = word ? std::optional(wire::SprintWord{*word}) : std::nullopt;
  }
  edit_sets(invocation, patch);
  if (wire::encode(edit) == "{}")
    throw Error(Code::kUsage, "nothing to change",
                "name a field: --title, --priority, --label +x, …");
  return edit;
}

}  // namespace taskman::cli
