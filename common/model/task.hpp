#pragma once
// A task and its comments, as every layer passes them. Plain values, no behaviour.

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/model/vocabulary.hpp"
#include "common/util/instant.hpp"

namespace taskman::model {

/// Small, stable, never reused; 1 and up.
struct TaskId {
  std::int64_t value = 0;
  auto operator<=>(const TaskId&) const = default;
};

struct SprintId {
  std::int64_t value = 0;
  auto operator<=>(const SprintId&) const = default;
};

struct CommentId {
  std::int64_t value = 0;
  auto operator<=>(const CommentId&) const = default;
};

/// Who holds a claimed task and until when. A name may be many workers, a token is one lease: the
/// revision of the changeset that gave it, kept by renewals. It grows from lease to lease of a
/// task; 0 for one that was given before there were tokens.
struct Lease {
  std::string holder;
  util::Instant until;
  std::int64_t token = 0;
  bool operator==(const Lease&) const = default;
};
inline constexpr std::chrono::minutes kUsualLease{30};  ///< when nothing is said

/// What a caller may set on a task.
struct TaskFields {
  std::string title;  ///< 1..500 characters, no control characters
  std::string body;   ///< at most 64 KiB
  Status status = Status::kTodo;
  Priority priority = Priority::kP2;
  std::optional<std::string> project;  ///< a project's key
  std::optional<SprintId> sprint;
  std::optional<TaskId> parent;
  std::optional<std::string> assignee;
  std::vector<std::string> labels;     ///< sorted, unique
  std::optional<std::int64_t> points;  ///< 0..1000
  std::optional<util::Instant> due;
  std::vector<TaskId> blocked_by;  ///< sorted, unique; open or not
  std::optional<std::string> blocked_reason;
  std::optional<std::string> external_id;  ///< unique: `github:owner/repo#12`, `taskwarrior:<uuid>`
  bool operator==(const TaskFields&) const = default;
};

struct Task : TaskFields {
  TaskId id;
  std::optional<Lease> lease;
  /// Derived: open, not blocked by hand, and every task of blocked_by is closed.
  bool ready = true;
  std::int64_t version = 1;  ///< +1 per change of this task
  util::Instant created_at;
  util::Instant updated_at;
  std::optional<util::Instant> started_at;
  std::optional<util::Instant> closed_at;
  bool operator==(const Task&) const = default;
};

/// A partial edit: an engaged outer optional is a field that is given; an inner optional clears.
struct TaskPatch {
  std::optional<std::string> title;
  std::optional<std::string> body;
  std::optional<Status> status;
  std::optional<Priority> priority;
  std::optional<std::optional<std::string>> project;
  std::optional<std::optional<SprintId>> sprint;
  std::optional<std::optional<TaskId>> parent;
  std::optional<std::optional<std::string>> assignee;
  std::optional<std::vector<std::string>> labels;  ///< replaces all
  std::vector<std::string> add_labels;
  std::vector<std::string> remove_labels;
  std::optional<std::optional<std::int64_t>> points;
  std::optional<std::optional<util::Instant>> due;
  std::optional<std::vector<TaskId>> blocked_by;  ///< replaces all
  std::vector<TaskId> add_blocked_by;
  std::vector<TaskId> remove_blocked_by;
  std::optional<std::optional<std::string>> blocked_reason;
  std::optional<std::optional<std::string>> external_id;
};

struct Comment {
  CommentId id;
  TaskId task;
  std::string author;
  std::string text;  ///< 1 byte to 64 KiB
  util::Instant at;
  bool operator==(const Comment&) const = default;
};

// Limits, told in docs/api.md and in every refusal.
inline constexpr std::size_t kMaxTitle = 500;       ///< characters (code points)
inline constexpr std::size_t kMaxBody = 64 * 1024;  ///< bytes
/// Stands for whoever asks, wherever a person is named.
inline constexpr std::string_view kMe = "@me";

inline constexpr std::size_t kMaxName = 100;  ///< characters: project key, sprint, label, actor
inline constexpr std::size_t kMaxLabels = 50;
inline constexpr std::size_t kMaxBlockers = 100;
inline constexpr std::size_t kMaxExternalId = 200;
inline constexpr std::int64_t kMaxPoints = 1000;

}  // namespace taskman::model
