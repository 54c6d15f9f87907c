#pragma once
// The two kinds of transaction as the interface names them. Each lives on the stack for one
// closure, in that closure's thread.

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "common/time/clock.hpp"
#include "daemon/store/sqlite/connection.hpp"
#include "daemon/store/sqlite/hook_rows.hpp"
#include "daemon/store/sqlite/log_rows.hpp"
#include "daemon/store/sqlite/project_rows.hpp"
#include "daemon/store/sqlite/sprint_rows.hpp"
#include "daemon/store/sqlite/task_list.hpp"
#include "daemon/store/sqlite/task_reads.hpp"
#include "daemon/store/store.hpp"

namespace taskman::store::sqlite {

/// All reads, for ReadTx and WriteTx alike.
template <typename Interface>
class Reads : public Interface {
 public:
  Reads(Connection& connection, const time::Clock& clock)
      : connection_(connection), clock_(clock) {}

  std::optional<model::Task> find_task(model::TaskId id) override {
    auto row = find_task_row(connection_, id);
    if (!row) return std::nullopt;
    return std::move(row->task);
  }
  std::optional<model::Task> find_task_by_external_id(std::string_view external_id) override {
    return sqlite::find_task_by_external_id(connection_, external_id);
  }
  model::Page<model::Task> list_tasks(const TaskQuery& query) override {
    return sqlite::list_tasks(connection_, query);
  }
  std::optional<util::Instant> next_lease_end() override {
    return sqlite::next_lease_end(connection_);
  }
  std::vector<model::TaskId> leases_ended(util::Instant instant) override {
    return sqlite::leases_ended(connection_, instant);
  }
  std::vector<model::TaskId> dependents_of(model::TaskId id) override {
    return sqlite::dependents_of(connection_, id);
  }
  std::vector<model::TaskId> blockers_of(model::TaskId id) override {
    return sqlite::blockers_of(connection_, id);
  }
  std::vector<model::TaskId> children_of(model::TaskId id) override {
    return sqlite::children_of(connection_, id);
  }
  bool was_deleted(model::TaskId id) override { return was_task_deleted(connection_, id); }
  std::vector<model::Comment> comments_of(model::TaskId id) override {
    return sqlite::comments_of(connection_, id);
  }
  std::vector<std::pair<std::string, std::int64_t>> labels() override {
    return count_labels(connection_);
  }
  std::vector<std::pair<std::string, std::int64_t>> assignees() override {
    return count_assignees(connection_);
  }

  std::optional<model::Sprint> find_sprint(model::SprintId id) override {
    return sqlite::find_sprint(connection_, id);
  }
  std::vector<model::Sprint> sprints() override { return all_sprints(connection_); }
  model::Progress progress_of(model::SprintId id) override {
    return sqlite::progress_of(connection_, id);
  }
  std::optional<model::Project> find_project(std::string_view key) override {
    return sqlite::find_project(connection_, key);
  }
  std::vector<model::Project> projects() override { return all_projects(connection_); }

  LogRange log_range() override { return sqlite::log_range(connection_); }
  std::optional<model::Cursor> cursor_at(std::int64_t rev) override {
    return sqlite::cursor_at(connection_, rev);
  }
  std::vector<model::LogEntry> log_after(std::int64_t rev, std::int64_t limit) override {
    return sqlite::log_after(connection_, rev, limit);
  }
  std::vector<model::LogEntry> log_of_task(model::TaskId id, std::int64_t limit) override {
    return sqlite::log_of_task(connection_, id, limit);
  }
  std::vector<std::int64_t> revisions_by(std::string_view actor, std::int64_t from,
                                         std::int64_t to) override {
    return sqlite::revisions_by(connection_, actor, from, to);
  }
  std::optional<std::int64_t> undo_target(std::int64_t rev) override {
    return sqlite::undo_target(connection_, rev);
  }
  std::optional<std::int64_t> undo_of(std::int64_t rev) override {
    return sqlite::undo_of(connection_, rev);
  }
  std::optional<Untold> last_untold(std::string_view actor) override {
    return sqlite::last_untold(connection_, actor);
  }
  std::optional<StoredAnswer> find_answer(std::string_view key) override {
    return sqlite::find_answer(connection_, key, clock_.now() - kAnswersLive);
  }
  std::optional<model::Hook> find_hook(model::HookId id) override {
    return sqlite::find_hook(connection_, id);
  }
  std::vector<model::Hook> hooks() override { return all_hooks(connection_); }
  std::vector<model::DeadLetter> dead_letters(std::optional<model::HookId> hook) override {
    return sqlite::dead_letters(connection_, hook);
  }
  std::optional<model::DeadLetter> next_letter(model::HookId hook) override {
    return sqlite::next_letter(connection_, hook);
  }

 protected:
  static constexpr std::chrono::hours kAnswersLive{24};

  Connection& connection_;
  const time::Clock& clock_;
};

using Snapshot = Reads<ReadTx>;

/// One closure's turn at writing. `head` is where the log stands; append moves it.
class Changes final : public Reads<WriteTx> {
 public:
  Changes(Connection& connection, const time::Clock& clock, model::Cursor& head)
      : Reads(connection, clock), head_(head) {}

  std::optional<model::Task> find_task(model::TaskId id) override;

  model::TaskId insert_task(const model::Task& task) override;
  void update_task(const model::Task& task) override;
  void delete_task(model::TaskId id) override;
  model::CommentId insert_comment(const model::Comment& comment) override;
  void delete_comment(model::CommentId id) override;

  model::SprintId insert_sprint(const model::Sprint& sprint) override;
  void update_sprint(const model::Sprint& sprint) override;
  void delete_sprint(model::SprintId id) override;
  void save_progress(model::SprintId id, const model::Progress& progress) override;
  void insert_project(const model::Project& project) override;
  void update_project(const model::Project& project) override;
  void delete_project(std::string_view key) override;

  model::Cursor append(const model::Changeset& changeset) override;
  void record_undo(std::int64_t rev, std::int64_t of) override;
  void save_untold(std::string_view actor, const Untold& untold) override;
  void save_answer(std::string_view key, const StoredAnswer& answer, util::Instant at) override;
  void prune_answers(util::Instant instant) override;
  std::int64_t prune_log(const model::Retention& keep, util::Instant now,
                         std::int64_t limit) override;

  model::HookId insert_hook(const model::Hook& hook) override;
  void save_hook_progress(model::HookId id, const model::HookProgress& progress) override;
  void set_hook_paused(model::HookId id, bool paused) override;
  void delete_hook(model::HookId id) override;
  void save_dead_letter(const model::DeadLetter& letter) override;
  void delete_dead_letter(model::HookId hook, std::int64_t rev) override;
  std::int64_t mark_dead_letters(model::HookId hook) override;

 private:
  const TaskRow& row_of(model::TaskId id);

  model::Cursor& head_;
  bool appended_ = false;
  /// The row that was looked at last: what is found is mostly what is updated next. Any write to
  /// another task replaces it, so it is never stale.
  std::optional<TaskRow> last_;
};

}  // namespace taskman::store::sqlite
