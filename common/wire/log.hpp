#pragma once
// The change log: what a write puts in, what every reader gets out (docs/feed.md).

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/model/changeset.hpp"
#include "common/model/sprint.hpp"
#include "common/model/task.hpp"

namespace taskman::wire {

/// Changed fields of two states as `set` and `was`, keys sorted; a creation has an empty `was`, a
/// deletion an empty `set`. `id` and `version` are the change's own; `updated_at` is the frame's
/// `at` and told only where a thing begins or ends.
model::Change task_change(model::ChangeType type, const model::Task* before,
                          const model::Task* after);
/// A deletion whose `was` tells the comments that went with the task, too, when there were any.
model::Change deletion_change(const model::Task& before,
                              const std::vector<model::Comment>& comments);
/// `set` is `{"comment":{…}}`; of a comment that goes it is `was`.
model::Change comment_change(const model::Comment& comment, const model::Task& task);
model::Change uncomment_change(const model::Comment& comment, const model::Task& task);
model::Change readiness_change(const model::Task& after);
model::Change sprint_change(model::ChangeType type, const model::Sprint* before,
                            const model::Sprint* after);
/// `set` and `was` are the whole progress, so one frame is enough to draw it.
model::Change progress_change(model::SprintId id, const model::Progress& before,
                              const model::Progress& after);
model::Change project_change(model::ChangeType type, const model::Project* before,
                             const model::Project* after);

/// The `changes` array of the log and of every frame; and the `subjects` array beside it.
std::string encode_changes(const std::vector<model::Change>& changes);
std::string encode_subjects(const std::vector<model::Change>& changes);

/// What happened to one task in an entry: facts before and after (without body), absent when it did
/// not exist.
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

/// What an entry means to a reader that sees only some of the tasks. Each list ascends.
struct Crossing {
  std::vector<model::Task> enter;    ///< start to match; as they are after it
  std::vector<model::TaskId> leave;  ///< do not match any more, or are gone
  bool empty() const { return enter.empty() && leave.empty(); }
};

/// THE frame, the same bytes on every transport. `prev` = the revision the subscription was last
/// at. `enter` and `leave` are told only where there are any.
std::string encode_frame(const model::LogEntry& entry, std::int64_t prev,
                         const Crossing& crossing = {});

/// A frame as a client reads it. Changes of a type this program does not know are left out.
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
/// The changes of an entry, as in its frame.
std::vector<Frame::Item> decode_changes(const model::LogEntry& entry);

/// One change of an entry, by its place in decode_change_refs(), without reading the others.
struct ToldChange {
  Frame::Item item;
  std::string title;  ///< of its task; empty for other things
};
ToldChange decode_change(const model::LogEntry& entry, std::size_t index);

}  // namespace taskman::wire
