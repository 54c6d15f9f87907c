// For `task import`. An attribute that the import kept in the body's notes goes back as it was.

#include <algorithm>
#include <set>

#include "cli/import/clean.hpp"
#include "cli/import/export.hpp"
#include "cli/import/exported.hpp"
#include "cli/import/values.hpp"
#include "common/time/text.hpp"
#include "common/util/hash.hpp"
#include "common/wire/envelope.hpp"

namespace taskman::transfer {
namespace {

using model::Priority;
using model::Status;
using model::Task;

constexpr std::string_view kOurs = "taskwarrior:";
constexpr std::string_view kRecurring = "recurring";

/// Seconds, as Taskwarrior keeps time: `20261123T100000Z`.
std::string compact(util::Instant instant) {
  std::string digits;
  for (const char byte :
       time::to_rfc3339(std::chrono::floor<std::chrono::seconds>(instant)).substr(0, 19)) {
    if (byte != '-' && byte != ':') digits += byte;
  }
  return wire::quote(digits + 'Z');
}

/// 128 bits of two hashes in the form of a uuid of version 8, whose contents are free.
std::string made_uuid(std::string_view store, model::TaskId id) {
  const auto name = std::string(store) + ":task:" + std::to_string(id.value);
  auto digits =
      util::to_hex(util::fnv1a(name)) + util::to_hex(util::fnv1a(name, util::fnv1a("uuid")));
  digits[12] = '8';
  digits[16] = 'a';
  for (const std::size_t at : {8U, 13U, 18U, 23U}) digits.insert(at, 1, '-');
  return digits;
}

/// Attributes of one task, each once: what is set first stays.
class Attributes {
 public:
  void set(std::string_view name, std::string_view json) {
    if (names_.emplace(name).second) members_.emplace_back(name, json);
  }
  void set_text(std::string_view name, std::string_view text) { set(name, wire::quote(text)); }
  std::string json() const { return wire::object_of(members_); }

 private:
  std::set<std::string, std::less<>> names_;
  wire::Members members_;
};

bool has_label(const Task& task, std::string_view label) {
  return std::ranges::find(task.labels, label) != task.labels.end();
}

/// A note on a field of ours holds as long as the field says what was made of it.
bool still_holds(const Task& task, std::string_view name, std::string_view json,
                 util::Instant now) {
  if (name == "depends" || name == "end") return false;
  if (name == "description")
    return clean_line(as_string(name, json), model::kMaxTitle) == task.title;
  if (name == "project") return task.project == clean_key(as_string(name, json));
  if (name == "priority") return task.priority == Priority::kP2;
  if (name == "wait") {
    const bool works = model::is_open(task.status) && task.status != Status::kBlocked;
    return !works || as_instant(name, json) <= now;
  }
  if (name != "tags") return true;
  std::set<std::string> labels;
  for (const auto& tag : as_strings(name, json)) labels.insert(clean_word(tag));
  const auto same = [&](const std::string& label) {
    return label == kRecurring || labels.contains(label);
  };
  return std::ranges::all_of(task.labels, same) &&
         std::ranges::all_of(labels,
                             [&](const std::string& label) { return has_label(task, label); });
}

class Writer {
 public:
  Writer(const Exported& exported, std::string_view store, util::Instant now)
      : exported_(exported), now_(now) {
    for (const auto& task : exported.tasks) uuids_[task.id] = uuid_of(task, store);
  }

  std::string write(const Task& task) const {
    const auto noted = read_notes("taskwarrior", task.body);
    Attributes attributes;
    for (const auto& [name, json] : noted.notes) {
      if (still_holds(task, name, json, now_)) attributes.set(name, json);
    }
    attributes.set_text("uuid", uuids_.at(task.id));
    attributes.set_text("description", task.title);
    put_status(attributes, task, member(noted.notes, "wait") != "null");
    put_times(attributes, task);
    put_fields(attributes, task);
    put_depends(attributes, task, member(noted.notes, "depends"));
    put_comments(attributes, task);
    if (!noted.body.empty()) attributes.set_text("taskman_body", noted.body);
    return attributes.json();
  }

 private:
  static std::string uuid_of(const Task& task, std::string_view store) {
    if (task.external_id && task.external_id->starts_with(kOurs))
      return task.external_id->substr(kOurs.size());
    return made_uuid(store, task.id);
  }

  static void put_status(Attributes& attributes, const Task& task, bool waits) {
    const bool closed = !model::is_open(task.status);
    if (closed) {
      attributes.set_text("status", task.status == Status::kDone ? "completed" : "deleted");
      attributes.set("end", compact(task.closed_at.value_or(task.updated_at)));
      return;
    }
    attributes.set_text("status", has_label(task, kRecurring) ? "recurring" : "pending");
    if (task.status == Status::kInProgress)
      attributes.set("start", compact(task.started_at.value_or(task.updated_at)));
    const bool told = task.status == Status::kTodo || task.status == Status::kInProgress;
    if (!told && !(task.status == Status::kBlocked && waits)) {
      attributes.set_text("taskman_status", model::name(task.status));
      if (task.blocked_reason) attributes.set_text("taskman_reason", *task.blocked_reason);
    }
  }

  static void put_times(Attributes& attributes, const Task& task) {
    attributes.set("entry", compact(task.created_at));
    attributes.set("modified", compact(task.updated_at));
    if (task.due) attributes.set("due", compact(*task.due));
  }

  void put_fields(Attributes& attributes, const Task& task) const {
    if (task.priority == Priority::kP0) attributes.set_text("taskman_priority", "p0");
    if (task.priority == Priority::kP0 || task.priority == Priority::kP1)
      attributes.set_text("priority", "H");
    if (task.priority == Priority::kP3) attributes.set_text("priority", "L");
    if (task.project) attributes.set_text("project", *task.project);
    std::vector<std::string> tags;
    for (const auto& label : task.labels) {
      if (label != kRecurring) tags.push_back(wire::quote(label));
    }
    if (!tags.empty()) attributes.set("tags", wire::array_of(tags));
    if (task.points) attributes.set_text("taskman_points", std::to_string(*task.points));
    if (task.assignee) attributes.set_text("taskman_assignee", *task.assignee);
    const auto sprint = exported_.sprint_of(task);
    if (!sprint.empty()) attributes.set_text("taskman_sprint", sprint);
    if (task.parent) attributes.set_text("taskman_parent", uuid_in_export(*task.parent));
    const bool foreign = task.external_id && !task.external_id->starts_with(kOurs);
    if (foreign) attributes.set_text("taskman_external_id", *task.external_id);
  }

  std::string uuid_in_export(model::TaskId id) const {
    const auto found = uuids_.find(id);
    return found == uuids_.end() ? std::to_string(id.value) : found->second;
  }

  void put_depends(Attributes& attributes, const Task& task, std::string_view noted) const {
    auto uuids = as_array("depends", noted);
    for (const auto id : task.blocked_by) {
      if (uuids_.contains(id)) uuids.push_back(wire::quote(uuids_.at(id)));
    }
    if (!uuids.empty()) attributes.set("depends", wire::array_of(uuids));
  }

  // Taskwarrior keeps one annotation a second.
  void put_comments(Attributes& attributes, const Task& task) const {
    const auto found = exported_.comments.find(task.id);
    if (found == exported_.comments.end()) return;
    std::set<util::Instant> taken;
    std::vector<std::string> annotations;
    for (const auto& comment : found->second) {
      util::Instant at = std::chrono::floor<std::chrono::seconds>(comment.at);
      while (!taken.insert(at).second) at += std::chrono::seconds(1);
      const auto text =
          comment.author == "taskwarrior" ? comment.text : comment.author + ": " + comment.text;
      annotations.push_back(
          wire::object_of({{"entry", compact(at)}, {"description", wire::quote(text)}}));
    }
    attributes.set("annotations", wire::array_of(annotations));
  }

  const Exported& exported_;
  const util::Instant now_;
  std::map<model::TaskId, std::string> uuids_;
};

}  // namespace

std::string to_taskwarrior(std::string_view ndjson, std::string_view store, util::Instant now) {
  const auto exported = read_export(ndjson);
  const Writer writer(exported, store, now);
  std::string out = "[\n";
  for (const auto& task : exported.tasks) {
    if (out.size() > 2) out += ",\n";
    out += writer.write(task);
  }
  return out += out.size() > 2 ? "\n]\n" : "]\n";
}

}  // namespace taskman::transfer
