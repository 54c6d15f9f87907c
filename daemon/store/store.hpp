#pragma once
// The store: consistent reads, all-or-nothing writes, one change log. Model types only; a backend
// is chosen by URL (open.hpp). One contract suite (tests/store) runs on every backend.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/filter/filter.hpp"
#include "common/model/changeset.hpp"
#include "common/model/hook.hpp"
#include "common/model/page.hpp"
#include "common/model/retention.hpp"
#include "common/model/sprint.hpp"
#include "common/model/task.hpp"

namespace taskman::store {

enum class SortKey { kId, kPriority, kDue, kCreated, kUpdated, kStatus, kPoints, kTitle };
enum class Direction { kAscending, kDescending };

/// Total order: the keys, then id in the last key's direction. Empty fields come last in either
/// direction.
struct Sort {
  SortKey key = SortKey::kPriority;
  Direction direction = Direction::kAscending;
};

struct TaskQuery {
  filter::Expr filter;  ///< sprint words resolved
  filter::Context context;
  std::vector<Sort> sort;             ///< empty: priority, due, id
  std::optional<std::int64_t> limit;  ///< none: everything
  std::optional<std::string>
      page;  ///< a `next` of an earlier answer to the same query; else kInvalidValue
  /// Counting all that match costs more than finding the first few.
  enum class Total { kCounted, kNotAsked } total = Total::kCounted;
};

/// The answer that was given to a keyed write, and a digest of the request that made it.
struct StoredAnswer {
  std::string digest;
  std::string body;
  int status = 200;
  util::Instant at{};  ///< when it was given; as it is read
};

/// A command that changed what the log does not tell of, and the head it came after.
struct Untold {
  std::int64_t rev = 0;
  std::string command;  ///< in words
};

/// How much log there is.
struct LogRange {
  model::Cursor head;
  std::int64_t oldest = 0;  ///< the lowest revision a reader can resume from
};

/// One consistent snapshot. Used only inside the closure, by its thread.
class ReadTx {
 public:
  virtual ~ReadTx() = default;

  virtual std::optional<model::Task> find_task(model::TaskId id) = 0;
  virtual std::optional<model::Task> find_task_by_external_id(std::string_view external_id) = 0;
  /// With Total::kNotAsked page.total says nothing.
  virtual model::Page<model::Task> list_tasks(const TaskQuery& query) = 0;
  /// When the first of all leases ends or ended; none when nothing is claimed.
  virtual std::optional<util::Instant> next_lease_end() = 0;
  /// Tasks whose lease ended by `instant`, ascending.
  virtual std::vector<model::TaskId> leases_ended(util::Instant instant) = 0;
  /// Tasks that wait for `id`, ascending.
  virtual std::vector<model::TaskId> dependents_of(model::TaskId id) = 0;
  virtual std::vector<model::TaskId> blockers_of(model::TaskId id) = 0;
  virtual std::vector<model::TaskId> children_of(model::TaskId id) = 0;
  /// Whether `id` was handed out and deleted since.
  virtual bool was_deleted(model::TaskId id) = 0;
  /// Oldest first.
  virtual std::vector<model::Comment> comments_of(model::TaskId id) = 0;
  /// Every label / assignee in use with its number of tasks, by name.
  virtual std::vector<std::pair<std::string, std::int64_t>> labels() = 0;
  virtual std::vector<std::pair<std::string, std::int64_t>> assignees() = 0;

  virtual std::optional<model::Sprint> find_sprint(model::SprintId id) = 0;
  /// By start, then id.
  virtual std::vector<model::Sprint> sprints() = 0;
  virtual model::Progress progress_of(model::SprintId id) = 0;
  virtual std::optional<model::Project> find_project(std::string_view key) = 0;
  virtual std::vector<model::Project> projects() = 0;

  virtual LogRange log_range() = 0;
  /// The cursor as it was at `rev`; none when pruned or ahead.
  virtual std::optional<model::Cursor> cursor_at(std::int64_t rev) = 0;
  /// Entries with a revision above `rev`, ascending, at most `limit`.
  virtual std::vector<model::LogEntry> log_after(std::int64_t rev, std::int64_t limit) = 0;
  /// Entries that touched the task, newest first, at most `limit`.
  virtual std::vector<model::LogEntry> log_of_task(model::TaskId id, std::int64_t limit) = 0;

  /// Revisions of [from, to) that `actor` made, newest first. Looks at every one between.
  virtual std::vector<std::int64_t> revisions_by(std::string_view actor, std::int64_t from,
                                                 std::int64_t to) = 0;
  /// What `rev` took back, when it is an undo.
  virtual std::optional<std::int64_t> undo_target(std::int64_t rev) = 0;
  /// The newest revision that took `rev` back, which may have been taken back itself since.
  virtual std::optional<std::int64_t> undo_of(std::int64_t rev) = 0;

  /// The last such command of `actor`.
  virtual std::optional<Untold> last_untold(std::string_view actor) = 0;

  /// The answer stored under `key` within its 24 hours.
  virtual std::optional<StoredAnswer> find_answer(std::string_view key) = 0;

  virtual std::optional<model::Hook> find_hook(model::HookId id) = 0;
  /// By id.
  virtual std::vector<model::Hook> hooks() = 0;
  /// Of one hook, or of all, by hook and revision.
  virtual std::vector<model::DeadLetter> dead_letters(std::optional<model::HookId> hook) = 0;
  /// The oldest that is to be delivered once more.
  virtual std::optional<model::DeadLetter> next_letter(model::HookId hook) = 0;
};

/// The one writer. What throws out of the closure rolls its changes back and is rethrown by
/// write().
class WriteTx : public ReadTx {
 public:
  /// Stores the task and returns its id: task.id when that is given (an import into an empty store;
  /// kConflict when there is such a task), a new one when it is 0. `ready` is ignored. The same
  /// holds for the ids of sprints and comments.
  virtual model::TaskId insert_task(const model::Task& task) = 0;
  /// Replaces all fields of task.id, labels and blockers included.
  virtual void update_task(const model::Task& task) = 0;
  /// Its comments and its edges in dependencies go with it; children keep a null parent.
  virtual void delete_task(model::TaskId id) = 0;
  virtual model::CommentId insert_comment(const model::Comment& comment) = 0;
  /// Its id is not given out again.
  virtual void delete_comment(model::CommentId id) = 0;

  virtual model::SprintId insert_sprint(const model::Sprint& sprint) = 0;
  virtual void update_sprint(const model::Sprint& sprint) = 0;
  virtual void delete_sprint(model::SprintId id) = 0;
  virtual void save_progress(model::SprintId id, const model::Progress& progress) = 0;
  virtual void insert_project(const model::Project& project) = 0;
  virtual void update_project(const model::Project& project) = 0;
  virtual void delete_project(std::string_view key) = 0;

  /// Appends one changeset and gives its cursor: revision head + 1, chained. At most once a
  /// transaction.
  virtual model::Cursor append(const model::Changeset& changeset) = 0;
  /// Keeps that `rev` took back `of`.
  virtual void record_undo(std::int64_t rev, std::int64_t of) = 0;
  virtual void save_untold(std::string_view actor, const Untold& untold) = 0;
  virtual void save_answer(std::string_view key, const StoredAnswer& answer, util::Instant at) = 0;
  /// Forgets answers stored before `instant`.
  virtual void prune_answers(util::Instant instant) = 0;
  /// Forgets the oldest entries of the log that `keep` lets go at `now`, at most `limit` of them,
  /// and tells how many. A cursor older than what is left is pruned from then on.
  virtual std::int64_t prune_log(const model::Retention& keep, util::Instant now,
                                 std::int64_t limit) = 0;

  // Hooks are no part of what the log tells of.
  /// Stores it under a new id.
  virtual model::HookId insert_hook(const model::Hook& hook) = 0;
  /// Nothing when the hook is gone; the same holds for the next three.
  virtual void save_hook_progress(model::HookId id, const model::HookProgress& progress) = 0;
  virtual void set_hook_paused(model::HookId id, bool paused) = 0;
  /// Its dead letters go with it.
  virtual void delete_hook(model::HookId id) = 0;
  /// In the place of the one of the same revision. Of more than 1,000 the oldest go.
  virtual void save_dead_letter(const model::DeadLetter& letter) = 0;
  virtual void delete_dead_letter(model::HookId hook, std::int64_t rev) = 0;
  /// Those that have a frame are to be delivered once more; tells how many.
  virtual std::int64_t mark_dead_letters(model::HookId hook) = 0;
};

enum class Commit { kYes, kDryRun };

/// How much a read looks at, which is how long it may take.
enum class Extent {
  kUsual,  ///< 5 s
  kWhole,  ///< everything there is: 30 s
};

/// Thread-safe.
class Store {
 public:
  virtual ~Store() = default;

  /// Stable for the life of the data, copied by a backup: 32 hex digits.
  virtual std::string id() const = 0;

  /// Runs `use` on one snapshot, on the calling thread. Throws what `use` throws,
  /// kStorageUnavailable on I/O trouble, kTimeout.
  virtual void read(Extent extent, const std::function<void(ReadTx&)>& use) = 0;
  void read(const std::function<void(ReadTx&)>& use) { read(Extent::kUsual, use); }

  /// Runs `change` on this thread or another, never beside another one, all or nothing, durable
  /// when this returns; gives the head cursor after it. With kDryRun everything is rolled back
  /// after a successful run. The closure may be run more than once and so touches nothing but the
  /// transaction and its own results. Throws what `change` throws; kDiskFull; kOutcomeUnknown when
  /// the commit itself failed.
  virtual model::Cursor write(const std::function<void(WriteTx&)>& change,
                              Commit commit = Commit::kYes) = 0;

  /// The head as of the last commit, from memory, no SQL.
  virtual model::Cursor head() const = 0;
};

/// Capability of a backend, asked for by dynamic_cast: an online copy.
class Backup {
 public:
  virtual ~Backup() = default;
  /// Writes a consistent, checked copy to `path` (absolute), which must not exist. Blocks.
  virtual void backup_to(const std::string& path) = 0;
};

/// Capability: figures for /metrics.
struct Figures {
  std::int64_t commits = 0;
  std::int64_t transactions = 0;
  std::int64_t statements = 0;  ///< SQL statements run, also by readers
  std::int64_t wal_bytes = 0;
  std::int64_t database_bytes = 0;
  std::int64_t writers_waiting = 0;
};
class Measured {
 public:
  virtual ~Measured() = default;
  virtual Figures figures() const = 0;
};

/// Capability: chores the maintenance thread runs while the daemon is idle.
class Maintained {
 public:
  virtual ~Maintained() = default;
  /// Checkpoints and truncates the write-ahead log while nothing is written.
  virtual void checkpoint() = 0;
};

}  // namespace taskman::store
