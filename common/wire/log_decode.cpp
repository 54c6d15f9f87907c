// What a reader gets out of the log: entries are sliced, and only what is asked for is parsed,
// because every filtered watcher passes here at every commit.

#include <utility>

#include "common/wire/columns.hpp"
#include "common/wire/entities.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/log.hpp"
#include "common/wire/slice.hpp"

namespace taskman::wire {
namespace {

using error::Code;
using error::Error;

constexpr std::string_view kChanges = "changes of the log";
constexpr std::string_view kSubjects = "subjects of the log";
constexpr std::string_view kFrame = "frame";

template <typename T>
T read_as(std::string_view json, std::string_view name) {
  if (json.empty()) throw Error(Code::kMalformedRequest, "frame without " + std::string(name));
  const Value value = parse(json, name);
  T result{};
  get(Field{name, value}, result);
  return result;
}

model::EntityId read_id(std::string_view json) {
  if (json.starts_with('"')) return read_as<std::string>(json, "id");
  return read_as<std::int64_t>(json, "id");
}

std::optional<model::ChangeType> read_type(const NamedSlices& change) {
  return model::find_change_type(read_as<std::string>(slice_of(change, "type"), "type"));
}

void overlay(model::Task& task, std::string_view object) {
  for (const auto& [name, json] : slice_object(object, kSubjects)) {
    if (name == "body") continue;
    for (const auto& column : task_columns()) {
      if (column.name == name) column.get(Field{name, parse(json, name)}, task);
    }
  }
}

Subject read_subject(model::ChangeType type, const NamedSlices& change, std::string_view facts) {
  if (facts == "null") return {};
  const auto image = decode_task(facts);
  if (type == model::ChangeType::kTaskCreated) return {.after = image};
  if (type == model::ChangeType::kTaskDeleted) return {.before = image};
  Subject subject{.before = image, .after = image};
  overlay(*subject.before, slice_of(change, "was"));
  const auto before = slice_of(slice_object(facts, kSubjects), "before");
  if (!before.empty()) overlay(*subject.before, before);
  return subject;
}

Frame::Item read_item(model::ChangeType type, const NamedSlices& change) {
  Frame::Item item{.type = type, .id = read_id(slice_of(change, "id"))};
  const auto version = slice_of(change, "version");
  if (!version.empty()) item.version = read_as<std::int64_t>(version, "version");
  item.set = members_of(slice_of(change, "set"));
  item.was = members_of(slice_of(change, "was"));
  return item;
}

std::vector<Frame::Item> read_items(std::string_view changes) {
  std::vector<Frame::Item> items;
  for (const auto json : slice_array(changes, kChanges)) {
    const auto change = slice_object(json, kChanges);
    if (const auto type = read_type(change)) items.push_back(read_item(*type, change));
  }
  return items;
}

model::Cursor read_cursor(std::string_view json) {
  const auto text = read_as<std::string>(json, "cursor");
  const auto cursor = model::parse_cursor(text);
  if (!cursor)
    throw Error(Code::kMalformedRequest, "frame with cursor '" + text + "', which is none");
  return *cursor;
}

}  // namespace

std::vector<Subject> decode_subjects(const model::LogEntry& entry) {
  const auto changes = slice_array(entry.changes, kChanges);
  const auto facts = slice_array(entry.subjects, kSubjects);
  std::vector<Subject> subjects(changes.size());
  for (std::size_t i = 0; i < changes.size() && i < facts.size(); ++i) {
    const auto change = slice_object(changes[i], kChanges);
    if (const auto type = read_type(change)) subjects[i] = read_subject(*type, change, facts[i]);
  }
  return subjects;
}

std::vector<ChangeRef> decode_change_refs(const model::LogEntry& entry) {
  std::vector<ChangeRef> refs;
  for (const auto json : slice_array(entry.changes, kChanges)) {
    const auto change = slice_object(json, kChanges);
    if (const auto type = read_type(change))
      refs.push_back({*type, read_id(slice_of(change, "id"))});
  }
  return refs;
}

Frame decode_frame(std::string_view json) {
  const auto members = slice_object(json, kFrame);
  Frame frame;
  frame.cursor = read_cursor(slice_of(members, "cursor"));
  frame.prev = read_as<std::int64_t>(slice_of(members, "prev"), "prev");
  frame.at = read_as<util::Instant>(slice_of(members, "at"), "at");
  frame.actor = read_as<std::string>(slice_of(members, "actor"), "actor");
  frame.origin = read_as<std::string>(slice_of(members, "origin"), "origin");
  const auto changes = slice_of(members, "changes");
  if (changes.empty()) throw Error(Code::kMalformedRequest, "frame without changes");
  frame.changes = read_items(changes);
  return frame;
}

std::vector<Frame::Item> decode_changes(const model::LogEntry& entry) {
  return read_items(entry.changes);
}

ToldChange decode_change(const model::LogEntry& entry, std::size_t index) {
  const auto change = slice_object(slice_array(entry.changes, kChanges).at(index), kChanges);
  const auto type = read_type(change);
  if (!type) throw Error(Code::kInternal, "a change of an unknown type in the log");
  ToldChange told{.item = read_item(*type, change)};
  const auto facts = slice_array(entry.subjects, kSubjects).at(index);
  if (facts != "null") told.title = field_text(facts, "title").value_or("");
  return told;
}

}  // namespace taskman::wire
