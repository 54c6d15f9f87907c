#include "daemon/store/sqlite/transaction.hpp"

#include <fmt/core.h>

#include "daemon/store/sqlite/task_writes.hpp"

namespace taskman::store::sqlite {

using error::Code;
using error::Error;

std::optional<model::Task> Changes::find_task(model::TaskId id) {
  if (!last_ || last_->task.id != id) last_ = find_task_row(connection_, id);
  if (!last_) return std::nullopt;
  return last_->task;
}

const TaskRow& Changes::row_of(model::TaskId id) {
  if (!last_ || last_->task.id != id) last_ = find_task_row(connection_, id);
  if (!last_) throw Error(Code::kNotFound, fmt::format("there is no task {}", id.value));
  return *last_;
}

model::TaskId Changes::insert_task(const model::Task& task) {
  last_.reset();
  last_ = sqlite::insert_task(connection_, task);
  return last_->task.id;
}

void Changes::update_task(const model::Task& task) {
  const TaskRow before = row_of(task.id);
  last_.reset();
  last_ = sqlite::update_task(connection_, before, task);
}

void Changes::delete_task(model::TaskId id) {
  const TaskRow row = row_of(id);
  last_.reset();
  sqlite::delete_task(connection_, row);
}

model::CommentId Changes::insert_comment(const model::Comment& comment) {
  return sqlite::insert_comment(connection_, comment);
}

void Changes::delete_comment(model::CommentId id) { sqlite::delete_comment(connection_, id); }

model::SprintId Changes::insert_sprint(const model::Sprint& sprint) {
  return sqlite::insert_sprint(connection_, sprint);
}
void Changes::update_sprint(const model::Sprint& sprint) {
  sqlite::update_sprint(connection_, sprint);
}
void Changes::delete_sprint(model::SprintId id) { sqlite::delete_sprint(connection_, id); }
void Changes::save_progress(model::SprintId id, const model::Progress& progress) {
  sqlite::save_progress(connection_, id, progress);
}

void Changes::insert_project(const model::Project& project) {
  sqlite::insert_project(connection_, project);
}
void Changes::update_project(const model::Project& project) {
  sqlite::update_project(connection_, project);
}
void Changes::delete_project(std::string_view key) { sqlite::delete_project(connection_, key); }

model::Cursor Changes::append(const model::Changeset& changeset) {
  if (appended_) throw Error(Code::kInternal, "a transaction may append one changeset");
  if (changeset.changes.empty()) throw Error(Code::kInternal, "a changeset needs a change");
  head_ = append_changeset(connection_, head_, changeset);
  appended_ = true;
  return head_;
}

void Changes::record_undo(std::int64_t rev, std::int64_t of) {
  sqlite::record_undo(connection_, rev, of);
}

void Changes::save_untold(std::string_view actor, const Untold& untold) {
  sqlite::save_untold(connection_, actor, untold);
}

void Changes::save_answer(std::string_view key, const StoredAnswer& answer, util::Instant at) {
  sqlite::save_answer(connection_, key, answer, at);
}
void Changes::prune_answers(util::Instant instant) { sqlite::prune_answers(connection_, instant); }

std::int64_t Changes::prune_log(const model::Retention& keep, util::Instant now,
                                std::int64_t limit) {
  const auto from = keep.age ? std::optional(now - *keep.age) : std::nullopt;
  const std::int64_t below = keep.entries ? head_.rev - *keep.entries : 0;
  return sqlite::prune_log(connection_, {.before = from, .up_to = below, .limit = limit});
}

model::HookId Changes::insert_hook(const model::Hook& hook) {
  return sqlite::insert_hook(connection_, hook);
}
void Changes::save_hook_progress(model::HookId id, const model::HookProgress& progress) {
  sqlite::save_hook_progress(connection_, id, progress);
}
void Changes::set_hook_paused(model::HookId id, bool paused) {
  sqlite::set_hook_paused(connection_, id, paused);
}
void Changes::delete_hook(model::HookId id) { sqlite::delete_hook(connection_, id); }
void Changes::save_dead_letter(const model::DeadLetter& letter) {
  constexpr std::int64_t kMost = 1000;
  sqlite::save_dead_letter(connection_, letter, kMost);
}
void Changes::delete_dead_letter(model::HookId hook, std::int64_t rev) {
  sqlite::delete_dead_letter(connection_, hook, rev);
}
std::int64_t Changes::mark_dead_letters(model::HookId hook) {
  return sqlite::mark_dead_letters(connection_, hook);
}

}  // namespace taskman::store::sqlite
