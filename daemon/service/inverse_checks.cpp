// What must hold once something is taken back: the rules that commands are held to as well.

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "daemon/domain/sprints.hpp"
#include "daemon/domain/validation.hpp"
#include "daemon/service/circles.hpp"
#include "daemon/service/inverse.hpp"
#include "daemon/service/members.hpp"

namespace taskman::service {
namespace {

using model::Project;
using model::Sprint;
using model::SprintId;
using model::Task;
using model::TaskId;

std::string name_of(TaskId id) { return fmt::format("task {}", id.value); }

bool has_ended(const Sprint& sprint) {
  return sprint.state == model::SprintState::kClosed ||
         sprint.state == model::SprintState::kCancelled;
}

template <typename T, typename Member>
bool is_new(const InverseStep<T>& step, Member member) {
  return step.then && (!step.now || (*step.now).*member != (*step.then).*member);
}

/// The store as it would be. Used inside one closure, on its thread.
class Checks {
 public:
  Checks(store::ReadTx& tx, const Base& base, const Inverse& inverse, Obstacles& obstacles)
      : tx_(tx), base_(base), inverse_(inverse), obstacles_(obstacles) {}

  void run() {
    for (const auto& [id, step] : inverse_.tasks) {
      if (step.then) {
        check_values(step);
        check_references(step);
      } else {
        check_unused(id);
      }
    }
    for (const auto& [id, step] : inverse_.sprints) step.then ? check(step) : check_unused(id);
    for (const auto& [key, step] : inverse_.projects) step.then ? check(step) : check_unused(key);
    for (const auto* comments : {&inverse_.comments_back, &inverse_.comments_gone}) {
      for (const auto& comment : *comments) need(comment.task, "a comment", "belongs to");
    }
    if (obstacles_.empty()) check_circles();
  }

 private:
  void add(std::string name, std::string message) {
    obstacles_.add(std::move(name), std::move(message));
  }

  const Task* task(TaskId id) {
    if (const auto step = inverse_.tasks.find(id); step != inverse_.tasks.end())
      return step->second.then ? &*step->second.then : nullptr;
    const auto [place, is_first] = others_.try_emplace(id);
    if (is_first) place->second = tx_.find_task(id);
    return place->second ? &*place->second : nullptr;
  }

  const Sprint* sprint(SprintId id) {
    if (const auto step = inverse_.sprints.find(id); step != inverse_.sprints.end())
      return step->second.then ? &*step->second.then : nullptr;
    const auto [place, is_first] = other_sprints_.try_emplace(id);
    if (is_first) place->second = tx_.find_sprint(id);
    return place->second ? &*place->second : nullptr;
  }

  bool has_project(const std::string& key) {
    const auto step = inverse_.projects.find(key);
    if (step != inverse_.projects.end()) return step->second.then.has_value();
    return tx_.find_project(key).has_value();
  }

  std::vector<Sprint> sprints() {
    std::vector<Sprint> all = tx_.sprints();
    std::erase_if(all, [&](const Sprint& each) { return inverse_.sprints.contains(each.id); });
    for (const auto& [id, step] : inverse_.sprints) {
      if (step.then) all.push_back(*step.then);
    }
    return all;
  }

  void check_values(const InverseStep<Task>& step) {
    const std::string name = name_of(step.then->id);
    for (const auto& problem :
         domain::problems_of(static_cast<const model::TaskFields&>(*step.then)))
      add(name + ' ' + problem.name,
          fmt::format("{} of {} {}", problem.name, name, problem.message));
    if (step.then->lease && !model::is_open(step.then->status)) {
      add(name + " lease", fmt::format("{} is claimed by {}, and would be {}", name,
                                       step.then->lease->holder, model::name(step.then->status)));
    }
  }

  void need(TaskId id, const std::string& whose, std::string_view how) {
    if (task(id) != nullptr) return;
    add(name_of(id), fmt::format("{}, which {} {}, is gone", name_of(id), whose, how));
  }

  void check_references(const InverseStep<Task>& step) {
    const Task& then = *step.then;
    const std::string name = name_of(then.id);
    if (then.project && is_new(step, &Task::project) && !has_project(*then.project))
      add(name + " project", fmt::format("project '{}' of {} is gone", *then.project, name));
    if (then.sprint && is_new(step, &Task::sprint)) check_sprint(then);
    if (then.parent && is_new(step, &Task::parent)) need(*then.parent, name, "is part of");
    if (then.external_id && is_new(step, &Task::external_id)) check_external_id(then);
    if (!is_new(step, &Task::blocked_by)) return;
    for (const TaskId blocker : then.blocked_by) need(blocker, name, "waits for");
  }

  // A sprint that had ended before may have its task back, one that ended since may not: its report
  // is written.
  void check_sprint(const Task& then) {
    const Sprint* found = sprint(*then.sprint);
    const std::string name = name_of(then.id);
    if (found == nullptr) {
      add(name + " sprint", fmt::format("sprint {} of {} is gone", then.sprint->value, name));
    } else if (has_ended(*found) && found->closed_at && *found->closed_at > inverse_.made_at) {
      add(name + " sprint", fmt::format("sprint '{}' of {} is {} meanwhile", found->name, name,
                                        model::name(found->state)));
    }
  }

  void check_external_id(const Task& then) {
    const auto holder = tx_.find_task_by_external_id(*then.external_id);
    if (!holder || holder->id == then.id) return;
    const Task* after = task(holder->id);
    if (after == nullptr || after->external_id != then.external_id) return;
    add(name_of(then.id) + " external_id",
        fmt::format("external id '{}' is task {}'s now", *then.external_id, holder->id.value));
  }

  void check_unused(TaskId id) {
    for (const TaskId dependent : tx_.dependents_of(id)) {
      const Task* other = task(dependent);
      if (other != nullptr && std::ranges::binary_search(other->blocked_by, id))
        add(name_of(id), fmt::format("{} waits for {}", name_of(dependent), name_of(id)));
    }
    for (const TaskId child : tx_.children_of(id)) {
      const Task* other = task(child);
      if (other != nullptr && other->parent == id)
        add(name_of(id), fmt::format("{} is part of {}", name_of(child), name_of(id)));
    }
  }

  void check_unused(SprintId id) {
    for (const Task& each : tasks_in(tx_, base_, id)) {
      const Task* other = task(each.id);
      if (other != nullptr && other->sprint == id)
        add(fmt::format("sprint {}", id.value),
            fmt::format("{} is in sprint {}", name_of(each.id), id.value));
    }
  }

  void check_unused(const std::string& key) {
    for (const Task& each : tasks_in(tx_, base_, key)) {
      const Task* other = task(each.id);
      if (other != nullptr && other->project == key)
        add("project " + key, fmt::format("{} is in project {}", name_of(each.id), key));
    }
    for (const Sprint& each : sprints()) {
      if (each.project == key)
        add("project " + key, fmt::format("sprint '{}' is in project {}", each.name, key));
    }
  }

  void check(const InverseStep<Sprint>& step) {
    const Sprint& then = *step.then;
    const std::string name = fmt::format("sprint {}", then.id.value);
    if (then.project && is_new(step, &Sprint::project) && !has_project(*then.project))
      add(name + " project", fmt::format("project '{}' of {} is gone", *then.project, name));
    const bool moves = is_new(step, &Sprint::name) || is_new(step, &Sprint::project);
    const auto all = sprints();
    for (const Sprint& other : all) {
      if (!moves || other.id == then.id || other.project != then.project) continue;
      if (util::equals_ignoring_case(other.name, then.name))
        add(name + " name", fmt::format("another sprint is called '{}' now", other.name));
    }
    if (!moves && !is_new(step, &Sprint::state)) return;
    try {
      domain::check_can_move(then, all);
    } catch (const error::Error& refusal) {
      add(name + " state", refusal.message());
      obstacles_.hint(refusal.hint());
    }
  }

  void check(const InverseStep<Project>& step) {
    if (step.now) return;
    for (const Project& other : tx_.projects()) {
      const auto planned = inverse_.projects.find(other.key);
      if (planned != inverse_.projects.end() && !planned->second.then) continue;
      if (other.key != step.then->key && util::equals_ignoring_case(other.key, step.then->key))
        add("project " + other.key, fmt::format("project '{}' is there now", other.key));
    }
  }

  void check_circles() {
    std::vector<TaskId> waiting;
    std::vector<TaskId> lying;
    for (const auto& [id, step] : inverse_.tasks) {
      if (is_new(step, &Task::blocked_by)) waiting.push_back(id);
      if (is_new(step, &Task::parent)) lying.push_back(id);
    }
    const auto blockers = [&](TaskId id) {
      const Task* each = task(id);
      return each == nullptr ? std::vector<TaskId>() : each->blocked_by;
    };
    const auto parents = [&](TaskId id) {
      const Task* each = task(id);
      return each == nullptr || !each->parent ? std::vector<TaskId>() : std::vector{*each->parent};
    };
    tell_circle(find_circle(waiting, blockers), "blocked_by", "the waiting");
    tell_circle(find_circle(lying, parents), "parent", "the parents");
  }

  void tell_circle(const std::optional<std::vector<TaskId>>& circle, const std::string& field,
                   std::string_view what) {
    if (!circle) return;
    auto path = *circle;
    path.push_back(path.front());
    add(name_of(path.front()) + ' ' + field,
        fmt::format("{} would go in a circle: {}", what, domain::to_text(path)));
  }

  store::ReadTx& tx_;
  const Base& base_;
  const Inverse& inverse_;
  Obstacles& obstacles_;
  std::map<TaskId, std::optional<Task>> others_;
  std::map<SprintId, std::optional<Sprint>> other_sprints_;
};

}  // namespace

void check_result(store::ReadTx& tx, const Base& base, const Inverse& inverse,
                  Obstacles& obstacles) {
  Checks(tx, base, inverse, obstacles).run();
}

}  // namespace taskman::service
