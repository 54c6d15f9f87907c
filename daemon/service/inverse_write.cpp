// The order in which things come back and go: what is referred to is there first and goes last.

#include <algorithm>
#include <ranges>

#include "daemon/service/inverse.hpp"

namespace taskman::service {
namespace {

using model::Project;
using model::Sprint;
using model::Task;

// As Work::save() sees it.
template <typename T>
bool moves(const InverseStep<T>& step) {
  if (!step.now || !step.then) return step.now.has_value() != step.then.has_value();
  T then = *step.then;
  then.version = step.now->version;
  then.updated_at = step.now->updated_at;
  return then != *step.now;
}

template <typename Map>
bool any_moves(const Map& steps) {
  return std::ranges::any_of(steps, [](const auto& step) { return moves(step.second); });
}

template <typename T>
bool put(Work& work, const InverseStep<T>& step) {
  if (!step.then) return false;
  if (step.now) return work.save(*step.then);
  work.create(*step.then, Stamps::kItsOwn);
  return true;
}

template <typename Map>
bool put_all(Work& work, const Map& steps) {
  bool any = false;
  for (const auto& [id, step] : steps) any = put(work, step) || any;
  return any;
}

template <typename Map>
bool remove_all(Work& work, const Map& steps) {
  bool any = false;
  for (const auto& [id, step] : steps) {
    if (step.then || !step.now) continue;
    work.remove(*step.now);
    any = true;
  }
  return any;
}

// The last first: a task mostly waits for older ones, so few edges have to be cut one by one.
bool remove_tasks(Work& work, const Inverse& inverse) {
  bool any = false;
  for (const auto& [id, step] : std::views::reverse(inverse.tasks)) {
    if (step.then) continue;
    work.remove(id);
    any = true;
  }
  return any;
}

// Without what leads to others, which may come back after it.
void create_bare(Work& work, const Inverse& inverse) {
  for (const auto& [id, step] : inverse.tasks) {
    if (step.now || !step.then) continue;
    Task bare = *step.then;
    bare.parent.reset();
    bare.blocked_by.clear();
    bare.external_id.reset();
    work.create(std::move(bare), Stamps::kItsOwn);
  }
}

// External ids may change hands.
bool free_external_ids(Work& work, const Inverse& inverse) {
  bool any = false;
  for (const auto& [id, step] : inverse.tasks) {
    if (!step.now || !step.then || !step.now->external_id) continue;
    if (step.now->external_id == step.then->external_id) continue;
    Task freed = work.task(id);
    freed.external_id.reset();
    any = work.save(std::move(freed)) || any;
  }
  return any;
}

bool save_tasks(Work& work, const Inverse& inverse) {
  bool any = false;
  for (const auto& [id, step] : inverse.tasks) {
    if (!step.then) continue;
    const bool differs = work.save(*step.then, step.now ? Stamps::kOurs : Stamps::kItsOwn);
    any = any || differs || !step.now;
  }
  return any;
}

}  // namespace

bool changes_anything(const Inverse& inverse) {
  return !inverse.comments_back.empty() || !inverse.comments_gone.empty() ||
         any_moves(inverse.tasks) || any_moves(inverse.sprints) || any_moves(inverse.projects);
}

bool write_inverse(Work& work, const Inverse& inverse) {
  bool any = put_all(work, inverse.projects);
  any = put_all(work, inverse.sprints) || any;
  any = remove_tasks(work, inverse) || any;
  create_bare(work, inverse);
  any = free_external_ids(work, inverse) || any;
  any = save_tasks(work, inverse) || any;
  for (const auto& comment : inverse.comments_gone) work.remove(comment);
  for (const auto& comment : inverse.comments_back) work.add(comment, Stamps::kItsOwn);
  any = any || !inverse.comments_gone.empty() || !inverse.comments_back.empty();
  any = remove_all(work, inverse.sprints) || any;
  return remove_all(work, inverse.projects) || any;
}

}  // namespace taskman::service
