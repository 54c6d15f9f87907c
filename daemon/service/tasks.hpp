#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "common/wire/commands.hpp"
#include "daemon/service/service.hpp"

namespace taskman::service {

struct TaskListRequest {
  Caller caller;
  std::string filter;                     ///< empty: every task
  std::optional<std::string> sprints_of;  ///< whose sprints its words mean; none: of all projects
  std::string sort;                       ///< `priority,-due`; empty: priority, due, id
  std::optional<std::int64_t> limit;      ///< none: everything
  std::optional<std::string> page;        ///< `next` of an earlier answer
};

/// What a list answers; `fixed` when nothing but a write can change it.
struct TaskListing {
  Reading reading;
  enum class Validity { kUntilNextWrite, kMovesWithTime } validity = Validity::kUntilNextWrite;
};

/// A lifecycle verb as callers name it.
struct VerbCommand {
  std::string verb;                   ///< start, block, review, done, drop, reopen
  std::optional<std::string> reason;  ///< of block
  wire::Fence fence{};                ///< else kClaimed
};

/// Tasks, their comments and their history. Owned by the composition root; thread-safe.
/// Writes throw kNotFound for an unknown task, kStaleVersion, and what the domain refuses.
class Tasks {
 public:
  explicit Tasks(const Base& base) : base_(base) {}

  TaskListing list(const TaskListRequest& request) const;
  Reading get(model::TaskId id) const;
  Reading comments(model::TaskId id) const;
  /// Frames that touched the task, newest first; also of a deleted one.
  Reading log(model::TaskId id, std::int64_t limit) const;
  /// Every label in use with its number of tasks.
  Reading labels() const;

  Answer create(const WriteRequest& request, const wire::NewTask& task) const;
  Answer edit(const WriteRequest& request, model::TaskId id, const wire::TaskEdit& edit) const;
  /// Where it already is: success with a notice, nothing changes.
  Answer move(const WriteRequest& request, model::TaskId id, const VerbCommand& command) const;
  /// Answers the task as it was.
  Answer remove(const WriteRequest& request, model::TaskId id) const;
  Answer comment(const WriteRequest& request, model::TaskId id, const std::string& text) const;
  /// All or nothing: a lifecycle verb, `edit`, `comment`, `delete`, `claim`, `renew` or `release`
  /// on several tasks.
  Answer bulk(const WriteRequest& request, const wire::BulkCommand& command) const;

 private:
  const Base base_;
};

}  // namespace taskman::service
