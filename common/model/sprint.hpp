#pragma once
// A sprint, its progress and its report. Plain values.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/model/task.hpp"
#include "common/model/vocabulary.hpp"
#include "common/util/instant.hpp"

namespace taskman::model {

/// What a caller may set on a sprint.
struct SprintFields {
  std::string name;  ///< 1..100 characters; not a number, not current, next, prev or none
  std::optional<std::string> project;  ///< a project's key; none: the sprints of no project
  std::string goal;
  std::optional<util::Date> start;
  std::optional<util::Date> end;         ///< last day, inclusive
  std::string tz = "UTC";                ///< IANA time zone in which start and end are days
  std::optional<std::int64_t> capacity;  ///< points
  bool operator==(const SprintFields&) const = default;
};

/// Tasks and points by status, indexed by Status.
struct Progress {
  std::array<std::int64_t, kStatusCount> tasks{};
  std::array<std::int64_t, kStatusCount> points{};
  std::int64_t unestimated = 0;  ///< tasks without points
  bool operator==(const Progress&) const = default;
};

/// One task as it was committed at start or found at close.
struct ScopeItem {
  TaskId task;
  std::optional<std::int64_t> points;
  Status status = Status::kTodo;
  bool operator==(const ScopeItem&) const = default;
};

/// Frozen at close.
struct SprintReport {
  Progress progress;  ///< as it stood at the instant of closing, before carrying
  std::vector<TaskId> completed;
  std::vector<TaskId> dropped;
  std::vector<TaskId> carried;  ///< still open
  std::vector<TaskId> added;    ///< came after the start
  std::vector<TaskId> removed;  ///< committed, but left before the close
  std::string carried_to;       ///< the sprint's name, or `none`; empty when nothing was carried
  bool operator==(const SprintReport&) const = default;
};

struct Sprint : SprintFields {
  SprintId id;
  SprintState state = SprintState::kPlanned;
  std::int64_t version = 1;
  util::Instant created_at;
  util::Instant updated_at;
  std::optional<util::Instant> started_at;
  std::optional<util::Instant> closed_at;
  std::vector<ScopeItem> committed;    ///< frozen at start, sorted by task
  std::optional<SprintReport> report;  ///< frozen at close
  bool operator==(const Sprint&) const = default;
};

/// As TaskPatch: outer optional = given, inner optional = clears.
struct SprintPatch {
  std::optional<std::string> name;
  std::optional<std::optional<std::string>> project;
  std::optional<std::string> goal;
  std::optional<std::optional<util::Date>> start;
  std::optional<std::optional<util::Date>> end;
  std::optional<std::string> tz;
  std::optional<std::optional<std::int64_t>> capacity;
};

struct Project {
  std::string key;  ///< 1..100 of [A-Za-z0-9._-], starts with a letter or digit; never changes
  std::string name;
  std::string description;
  std::int64_t version = 1;
  util::Instant created_at;
  util::Instant updated_at;
  bool operator==(const Project&) const = default;
};

struct ProjectPatch {
  std::optional<std::string> name;
  std::optional<std::string> description;
};

}  // namespace taskman::model
