#pragma once
// JSON names exist only in this folder. Everything passes in and out as JSON text or model values.
// Encoders are deterministic: keys in a fixed order, labels sorted, null and [] fixed, times RFC 3339 UTC.
// Decoders throw Error kInvalidValue (a field's value) or kMalformedRequest (not JSON, wrong shape,
// unknown field), naming field and value. Thread-safe, no state.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/error/error.hpp"
#include "common/model/changeset.hpp"
#include "common/model/sprint.hpp"
#include "common/model/task.hpp"

namespace taskman::wire {

inline constexpr int kSchema = 1;

// ---- entities ------------------------------------------------------------------------------
std::string encode(const model::Task& task);
std::string encode(const model::Comment& comment);
std::string encode(const model::Sprint& sprint);
std::string encode(const model::Progress& progress);
std::string encode(const model::Project& project);
model::Task decode_task(std::string_view json);
model::Comment decode_comment(std::string_view json);
model::Sprint decode_sprint(std::string_view json);
model::Progress decode_progress(std::string_view json);
model::Project decode_project(std::string_view json);

// ---- what a caller sends ---------------------------------------------------------------------
/// A new task's fields; only `title` is required. Sprint is an id or a name (see Reference).
/// A sprint or a project may be given by word; ids are resolved by the service.
struct SprintWord { std::string word; };   ///< a name, a number, current, next, prev
struct NewTask {
  model::TaskFields fields;                ///< sprint unset when `sprint` is given
  std::optional<SprintWord> sprint;
};
NewTask decode_new_task(std::string_view json);
struct TaskEdit {
  model::TaskPatch patch;                  ///< sprint unset when `sprint` is given
  std::optional<std::optional<SprintWord>> sprint;
};
TaskEdit decode_task_edit(std::string_view json);
model::SprintFields decode_new_sprint(std::string_view json);
model::SprintPatch decode_sprint_edit(std::string_view json);
model::Project decode_new_project(std::string_view json);
model::ProjectPatch decode_project_edit(std::string_view json);
/// `{"author"?, "text"}`: the text.
std::string decode_new_comment(std::string_view json);
/// Body of a verb route: `{}` or `{"reason":"…"}`; empty text is `{}`.
std::optional<std::string> decode_reason(std::string_view json);
/// `{"verb":"done","ids":[1,2],"reason"?,"set"?:{…edit…},"text"?}`.
struct BulkCommand {
  std::string verb;
  std::vector<model::TaskId> ids;
  std::optional<std::string> reason;
  std::optional<TaskEdit> set;
};
BulkCommand decode_bulk(std::string_view json);
/// `{"carry":"none|next|<sprint>"?,"dry_run"?:bool}`.
struct CloseCommand {
  std::optional<std::string> carry;
};
CloseCommand decode_close(std::string_view json);

std::string encode(const NewTask& task);
std::string encode(const TaskEdit& edit);
std::string encode(const BulkCommand& command);
std::string encode_new_sprint(const model::SprintFields& fields);
std::string encode(const model::SprintPatch& patch);
std::string encode(const model::ProjectPatch& patch);

// ---- the change log ----------------------------------------------------------------------------
/// Changed fields of two states as `set` and `was`; a creation has empty `was`, a deletion empty `set`.
model::Change task_change(model::ChangeType type, const model::Task* before, const model::Task* after);
model::Change comment_change(const model::Comment& comment, const model::Task& task);
model::Change readiness_change(const model::Task& after);
model::Change sprint_change(model::ChangeType type, const model::Sprint* before, const model::Sprint* after);
model::Change progress_change(model::SprintId id, const model::Progress& before, const model::Progress& after);
model::Change project_change(model::ChangeType type, const model::Project* before, const model::Project* after);

/// The `changes` array of the log and of every frame; and the `subjects` array beside it.
std::string encode_changes(const std::vector<model::Change>& changes);
std::string encode_subjects(const std::vector<model::Change>& changes);

/// What happened to one task in an entry: facts before and after (without body), absent when it did not exist.
struct Subject {
  std::optional<model::Task> before;
  std::optional<model::Task> after;
};
/// One per change of `entry`, in order; both absent for what is not about a task.
std::vector<Subject> decode_subjects(const model::LogEntry& entry);

/// Types and ids of an entry's changes, in order, for filters by type and by thing.
struct ChangeRef {
  model::ChangeType type;
  model::EntityId id;
};
std::vector<ChangeRef> decode_change_refs(const model::LogEntry& entry);

/// THE frame, the same bytes on every transport. `prev` = the revision the subscription was last at.
std::string encode_frame(const model::LogEntry& entry, std::int64_t prev);

/// A frame as a client reads it.
struct Frame {
  model::Cursor cursor;
  std::int64_t prev = 0;
  util::Instant at;
  std::string actor;
  std::string origin;
  struct Item {
    model::ChangeType type;
    model::EntityId id;
    std::optional<std::int64_t> version;
    std::vector<std::pair<std::string, std::string>> set;  ///< field → JSON text of the value
    std::vector<std::pair<std::string, std::string>> was;
  };
  std::vector<Item> changes;
};
Frame decode_frame(std::string_view json);

// ---- envelopes ---------------------------------------------------------------------------------
struct PageInfo {
  std::int64_t returned = 0;
  std::int64_t total = 0;
  std::optional<std::string> next;
};
struct Envelope {
  std::string kind;                      ///< `task`, `task.list`, …
  std::string data;                      ///< JSON text
  std::optional<PageInfo> page;
  std::optional<model::Cursor> cursor;
  std::optional<std::string> filter;     ///< a default that was applied, `is:open`
  std::vector<std::string> notices;      ///< `already done: 42`; written only when not empty
};
std::string encode(const Envelope& envelope);
/// `[a,b,…]` of texts that are JSON.
std::string array_of(const std::vector<std::string>& items);
/// An answer taken apart; `items` are the elements when data is an array.
Envelope decode_envelope(std::string_view json);
std::vector<std::string> split_array(std::string_view json);

/// `{"error":{code,message,hint,retryable,details}}` of the CLI, and RFC 9457 problem of the API.
std::string encode_error(const error::Error& failure);
std::string encode_problem(const error::Error& failure, std::string_view instance);
/// A problem+json answer back as the same Error; `http_status` helps when the body is not one.
error::Error decode_problem(std::string_view json, int http_status);

// ---- for generic output (--fields, --format, --csv) --------------------------------------------------
/// The object with only these fields, in this order. Throws kInvalidValue naming an unknown field and the known ones.
std::string select_fields(std::string_view object, const std::vector<std::string>& names);
/// A field as people read it: strings bare, arrays joined by commas, null empty. Absent: none.
std::optional<std::string> field_text(std::string_view object, std::string_view name);
/// The object's field names in order.
std::vector<std::string> field_names(std::string_view object);
/// A JSON string literal of `text`.
std::string quote(std::string_view text);
/// `{"a":…}` out of names and JSON texts, in this order.
std::string object_of(const std::vector<std::pair<std::string, std::string>>& members);
/// The members of a JSON object: name and JSON text of the value, in order.
std::vector<std::pair<std::string, std::string>> members_of(std::string_view object);

}  // namespace taskman::wire
