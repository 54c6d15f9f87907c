// What `task export` prints. Nothing is lost: what has no home among our fields is kept in the
// body's notes. Left out are only `id` and `urgency`, which Taskwarrior derives anew every time it
// prints them.

#include <set>
#include <utility>

#include "cli/import/format.hpp"
#include "cli/import/json_records.hpp"
#include "cli/import/taskwarrior_draft.hpp"
#include "cli/import/values.hpp"
#include "common/time/text.hpp"
#include "common/util/text.hpp"

namespace taskman::transfer {
namespace {

using model::Status;

std::string external_id(std::string_view uuid) { return "taskwarrior:" + std::string(uuid); }

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
    const auto members = as_record(record.json);
    for (const auto& [name, json] : members) read_attribute(draft, name, json);
    check_said(members, "uuid", draft.uuid);
    check_said(members, "description", draft.task.patch.title.value_or(""));
    settle_status(draft);
    settle_blockers(draft);
    std::vector<wire::ImportComment> comments;
    for (const auto& annotation : draft.annotations)
      comments.push_back(comment_of(draft, annotation));
    if (draft.project_name) add_project(record.line, *draft.project_name);
    draft.task.patch.external_id.emplace(external_id(draft.uuid));
    draft.task.patch.body = draft.notes.below(draft.body);
    findings_.add(record.line, std::move(draft.task));
    for (auto& comment : comments) findings_.add(record.line, std::move(comment));
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
    if (draft.own_status) {
      patch.status = *draft.own_status;
      *patch.blocked_reason = draft.own_reason;
    } else if (draft.status == "recurring") {
      patch.status = Status::kTodo;
      patch.labels->emplace_back("recurring");
    } else if (waits) {
      patch.status = Status::kBlocked;
      patch.blocked_reason->emplace("waiting" +
                                    (draft.wait ? " until " + time::to_rfc3339(*draft.wait) : ""));
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
            .author = std::string(kTaskwarrior),
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
  // Taskwarrior turns an emoji that it was given as \ud83d\ude80 into bytes that are no UTF-8.
  const auto mended = joined_surrogates(text);
  Import(context, findings).run(json_records(mended));
}

}  // namespace taskman::transfer
