// What `task export` prints. Nothing is lost: what has no home among our fields is kept in the body's
// notes. Left out are only `id` and `urgency`, which Taskwarrior derives anew every time it prints them.

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "cli/import/clean.hpp"
#include "cli/import/format.hpp"
#include "cli/import/json_records.hpp"
#include "cli/import/values.hpp"
#include "common/time/text.hpp"
#include "common/util/text.hpp"

namespace taskman::transfer {
namespace {

using model::Priority;
using model::Status;

constexpr std::string_view kProgram = "taskwarrior";

std::string external_id(std::string_view uuid) { return "taskwarrior:" + std::string(uuid); }

/// One task on its way: what its attributes said so far.
struct Draft {
  wire::ImportTask task;
  Notes notes{kProgram};
  std::string uuid;
  std::string status = "pending";
  std::string status_json;
  std::optional<std::string> project_name;
  std::vector<std::string> depends;
  std::vector<wire::Members> annotations;
  std::optional<util::Instant> start;
  std::optional<util::Instant> end;
  std::optional<util::Instant> wait;
};

using Attribute = void (*)(Draft& draft, std::string_view json);

void read_description(Draft& draft, std::string_view json) {
  const auto text = as_string("description", json);
  draft.task.patch.title = clean_line(text, model::kMaxTitle);
  if (*draft.task.patch.title != text) draft.notes.add("description", json);
}

void read_priority(Draft& draft, std::string_view json) {
  const auto letter = as_optional_string("priority", json);
  auto& priority = *draft.task.patch.priority;
  if (letter == "H") priority = Priority::kP1;
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
  for (const auto& item : as_array("annotations", json)) draft.annotations.push_back(as_record(item));
}

constexpr std::array<std::pair<std::string_view, Attribute>, 15> kAttributes{{
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
     [](Draft& draft, std::string_view json) { draft.task.stamps.created_at = as_instant("entry", json); }},
    {"modified",
     [](Draft& draft, std::string_view json) {
       draft.task.stamps.updated_at = as_instant("modified", json);
     }},
    {"due", [](Draft& draft, std::string_view json) { draft.task.patch.due = as_instant("due", json); }},
    {"start", [](Draft& draft, std::string_view json) { draft.start = as_instant("start", json); }},
    {"end", [](Draft& draft, std::string_view json) { draft.end = as_instant("end", json); }},
}};

/// What a second import has to be able to take back is given even when it is empty.
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

/// An import of one file: what its tasks have in common.
class Import {
 public:
  Import(const Context& context, Findings& findings) : context_(context), findings_(findings) {}

  void run(const std::vector<JsonRecord>& records) {
    for (const auto& record : records) note_uuid(record.json);
    for (const auto& record : records) {
      findings_.attempt(record.line, [&] { convert(record); });
    }
  }

 private:
  void note_uuid(std::string_view json) {
    Findings ignored;  // a broken record is named when it is converted
    ignored.attempt(0, [&] {
      const auto members = as_record(json);
      uuids_.insert(as_string("uuid", member(members, "uuid")));
    });
  }

  void convert(const JsonRecord& record) {
    auto draft = blank_draft();
    for (const auto& [name, json] : as_record(record.json)) read(draft, name, json);
    if (draft.uuid.empty()) refuse("uuid", "nothing", "a uuid");
    if (!draft.task.patch.title || draft.task.patch.title->empty()) refuse("description", "nothing", "a text");
    settle_status(draft);
    settle_blockers(draft);
    std::vector<wire::ImportComment> comments;
    for (const auto& annotation : draft.annotations) comments.push_back(comment_of(draft, annotation));
    if (draft.project_name) add_project(record.line, *draft.project_name);
    draft.task.patch.external_id.emplace(external_id(draft.uuid));
    draft.task.patch.body = draft.notes.below({});
    findings_.add(record.line, std::move(draft.task));
    for (auto& comment : comments) findings_.add(record.line, std::move(comment));
  }

  static void read(Draft& draft, const std::string& name, const std::string& json) {
    const auto known = std::ranges::find(kAttributes, name, &decltype(kAttributes)::value_type::first);
    if (known != kAttributes.end()) return known->second(draft, json);
    if (name == "wait") draft.wait = as_instant("wait", json);
    draft.notes.add(name, json);
  }

  void settle_status(Draft& draft) {
    auto& patch = draft.task.patch;
    auto& stamps = draft.task.stamps;
    if (draft.start) stamps.started_at = draft.start;
    if (draft.status == "completed" || draft.status == "deleted") {
      patch.status = draft.status == "completed" ? Status::kDone : Status::kDropped;
      if (draft.end) stamps.closed_at = draft.end;
      return;
    }
    if (draft.end) draft.notes.add("end", wire::quote(time::to_rfc3339(*draft.end)));
    const bool waits = draft.status == "waiting" || (draft.wait && *draft.wait > context_.now);
    if (draft.status == "recurring") {
      patch.status = Status::kTodo;
      patch.labels->emplace_back("recurring");
    } else if (waits) {
      patch.status = Status::kBlocked;
      patch.blocked_reason->emplace("waiting" + (draft.wait ? " until " + time::to_rfc3339(*draft.wait) : ""));
    } else if (draft.status == "pending") {
      patch.status = draft.start ? Status::kInProgress : Status::kTodo;
    } else {
      refuse("status", draft.status_json, "one of pending, waiting, recurring, completed, deleted");
    }
  }

  // A task that is not in the file cannot be referred to: it was purged, or left out by a filter.
  void settle_blockers(Draft& draft) {
    std::vector<std::string> rest;
    auto& blockers = *draft.task.blocked_by;
    for (const auto& uuid : draft.depends) {
      if (uuids_.contains(uuid) && blockers.size() < model::kMaxBlockers) {
        blockers.emplace_back(external_id(uuid));
      } else {
        rest.push_back(wire::quote(uuid));
      }
    }
    if (!rest.empty()) draft.notes.add("depends", wire::array_of(rest));
  }

  void add_project(std::int64_t line, const std::string& name) {
    auto key = clean_key(name);
    if (!projects_.insert(key).second) return;
    wire::ImportProject project{.key = key};
    if (key != name) project.patch.name = clean_line(name, model::kMaxName);
    findings_.add(line, std::move(project));
  }

  static wire::ImportComment comment_of(const Draft& draft, const wire::Members& annotation) {
    auto text = clean_text(as_string("annotation", member(annotation, "description")));
    if (util::trim(text).empty()) text = "(empty annotation)";
    return {.task = external_id(draft.uuid),
            .author = std::string(kProgram),
            .text = std::move(text),
            .at = as_instant("annotation", member(annotation, "entry"))};
  }

  const Context& context_;
  Findings& findings_;
  std::set<std::string, std::less<>> uuids_;
  std::set<std::string, std::less<>> projects_;
};

}  // namespace

void parse_taskwarrior(std::string_view text, const Context& context, Findings& findings) {
  Import(context, findings).run(json_records(text));
}

}  // namespace taskman::transfer
