#include "daemon/service/work.hpp"

#include <algorithm>

#include "common/error/error.hpp"

namespace taskman::service {
namespace {

using model::Project;
using model::ProjectPatch;
using model::Sprint;
using model::SprintId;
using model::Task;
using model::TaskId;

// Sets what every stored thing keeps of its history: one version per write, however often it is
// saved.
template <typename T>
void stamp(T& after, const Touched<T>& touched, util::Instant now) {
  after.version = touched.before ? touched.before->version + 1 : touched.after->version;
  after.updated_at = now;
}

template <typename T>
bool differs(T after, const T& current) {
  after.version = current.version;
  after.updated_at = current.updated_at;
  return after != current;
}

template <typename T>
void stamp_new(T& thing, util::Instant now, Stamps stamps) {
  if (stamps == Stamps::kItsOwn) return;
  thing.version = 1;
  thing.created_at = now;
  thing.updated_at = now;
}

// The entry of `key`, read from the store the first time.
template <typename Map, typename Key, typename Find>
auto& touch(Map& things, const Key& key, const Find& find) {
  const auto [place, is_new] = things.try_emplace(key);
  if (is_new) {
    place->second.before = find();
    place->second.after = place->second.before;
  }
  return place->second;
}

}  // namespace

Work::Work(store::WriteTx& tx, const WriteRequest& request, util::Instant now)
    : tx_(tx), request_(request), now_(now) {}

Touched<Task>& Work::load(TaskId id) {
  return touch(tasks_, id, [&] { return tx_.find_task(id); });
}

const Task* Work::find_task(TaskId id) {
  const auto& touched = load(id);
  return touched.after ? &*touched.after : nullptr;
}

const Task& Work::task(TaskId id) {
  const Task* found = find_task(id);
  if (found == nullptr) refuse_unknown_task(tx_, id);
  return *found;
}

TaskId Work::create(Task task, Stamps stamps) {
  stamp_new(task, now_, stamps);
  task.id = tx_.insert_task(task);
  const TaskId id = task.id;
  tasks_[id] = {.before = std::nullopt, .after = std::move(task), .written = true};
  return id;
}

bool Work::save(Task after, Stamps stamps) {
  auto& touched = load(after.id);
  const Task& current = *touched.after;
  if (!differs(after, current)) return false;
  if (model::is_open(after.status) != model::is_open(current.status)) remember_dependents(after.id);
  if (stamps == Stamps::kOurs) stamp(after, touched, now_);
  tx_.update_task(after);
  touched.after = std::move(after);
  touched.written = true;
  return true;
}

// What came with this write and goes with it was never there.
void Work::keep_comments(TaskId id) {
  auto comments = tx_.comments_of(id);
  std::erase_if(comments, [&](const model::Comment& comment) {
    return std::ranges::find(comments_, comment.id, &model::Comment::id) != comments_.end();
  });
  if (!comments.empty()) lost_comments_[id] = std::move(comments);
}

void Work::remove(TaskId id) {
  auto& touched = load(id);
  for (const TaskId dependent : tx_.dependents_of(id)) {
    Task freed = task(dependent);
    std::erase(freed.blocked_by, id);
    save(std::move(freed));
  }
  for (const TaskId child : tx_.children_of(id)) {
    Task orphan = task(child);
    orphan.parent.reset();
    save(std::move(orphan));
  }
  keep_comments(id);
  tx_.delete_task(id);
  touched.after.reset();
  touched.written = true;
}

model::Comment Work::add(model::Comment comment, Stamps stamps) {
  load(comment.task);
  if (stamps == Stamps::kOurs) comment.at = now_;
  comment.id = tx_.insert_comment(comment);
  comments_.push_back(comment);
  return comment;
}

void Work::remove(const model::Comment& comment) {
  load(comment.task);
  tx_.delete_comment(comment.id);
  removed_comments_.push_back(comment);
}

std::optional<Sprint> Work::find_sprint(SprintId id) {
  return touch(sprints_, id, [&] { return tx_.find_sprint(id); }).after;
}

SprintId Work::create(Sprint sprint, Stamps stamps) {
  stamp_new(sprint, now_, stamps);
  sprint.id = tx_.insert_sprint(sprint);
  const SprintId id = sprint.id;
  sprints_[id] = {.before = std::nullopt, .after = std::move(sprint), .written = true};
  return id;
}

bool Work::save(Sprint after, Stamps stamps) {
  auto& touched = touch(sprints_, after.id, [&] { return tx_.find_sprint(after.id); });
  if (!differs(after, *touched.after)) return false;
  if (stamps == Stamps::kOurs) stamp(after, touched, now_);
  tx_.update_sprint(after);
  touched.after = std::move(after);
  touched.written = true;
  return true;
}

void Work::remove(const Sprint& sprint) {
  auto& touched = touch(sprints_, sprint.id, [&] { return tx_.find_sprint(sprint.id); });
  tx_.delete_sprint(sprint.id);
  touched.after.reset();
  touched.written = true;
}

std::optional<Project> Work::find_project(const std::string& key) {
  return touch(projects_, key, [&] { return tx_.find_project(key); }).after;
}

void Work::create(Project project, Stamps stamps) {
  stamp_new(project, now_, stamps);
  tx_.insert_project(project);
  auto& touched = projects_[project.key];
  touched.after = std::move(project);
  touched.written = true;
}

bool Work::save(Project after) {
  auto& touched = touch(projects_, after.key, [&] { return tx_.find_project(after.key); });
  if (!differs(after, *touched.after)) return false;
  stamp(after, touched, now_);
  tx_.update_project(after);
  touched.after = std::move(after);
  touched.written = true;
  return true;
}

void Work::remove(const Project& project) {
  auto& touched = touch(projects_, project.key, [&] { return tx_.find_project(project.key); });
  tx_.delete_project(project.key);
  touched.after.reset();
  touched.written = true;
}

void refuse_unknown_task(store::ReadTx& tx, TaskId id) {
  const std::string name = "task " + std::to_string(id.value);
  if (tx.was_deleted(id)) {
    throw error::Error(error::Code::kNotFound, name + " was deleted",
                       "its history is in: taskman task log " + std::to_string(id.value));
  }
  throw error::Error(error::Code::kNotFound, "no " + name,
                     "list them with: taskman task list --all");
}

}  // namespace taskman::service
