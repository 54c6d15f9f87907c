// What must hold once something is taken back: the rules that commands are held to as well.

#include <fmt/core.h>

#include <algorithm>

#include "daemon/domain/validation.hpp"
#include "daemon/service/circles.hpp"
#include "daemon/service/inverse_result.hpp"

namespace taskman::service {
namespace {

using model::Sprint;
using model::Task;
using model::TaskId;

bool has_ended(const Sprint& sprint) {
  return sprint.state == model::SprintState::kClosed ||
         sprint.state == model::SprintState::kCancelled;
}

/// Of tasks and their comments. Used once.
class TaskChecks {
 public:
  explicit TaskChecks(const Checked& checked)
      : tx_(checked.tx),
        inverse_(checked.inverse),
        result_(checked.result),
        obstacles_(checked.obstacles) {}

  void run() {
    for (const auto& [id, step] : inverse_.tasks) {
      if (step.then) {
        check_values(step);
        check_references(step);
      }
      check_report(step);
    }
    for (const auto* comments : {&inverse_.comments_back, &inverse_.comments_gone}) {
      for (const auto& comment : *comments) need(comment.task, "a comment", "belongs to");
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
      const Task* each = result_.task(id);
      return each == nullptr ? std::vector<TaskId>() : each->blocked_by;
    };
    const auto parents = [&](TaskId id) {
      const Task* each = result_.task(id);
      return each == nullptr || !each->parent ? std::vector<TaskId>() : std::vector{*each->parent};
    };
    tell_circle(find_circle(waiting, blockers), "blocked_by", "the waiting");
    tell_circle(find_circle(lying, parents), "parent", "the parents");
  }

 private:
  void add(std::string name, std::string message, std::vector<Cause> causes = {}) {
    obstacles_.add(std::move(name), std::move(message), std::move(causes));
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
    if (result_.task(id) != nullptr) return;
    add(name_of(id), fmt::format("{}, which {} {}, is gone", name_of(id), whose, how),
        {{thing(id), {}}});
  }

  void check_references(const InverseStep<Task>& step) {
    const Task& then = *step.then;
    const std::string name = name_of(then.id);
    if (then.project && is_new(step, &Task::project) && !result_.has_project(*then.project))
      add(name + " project", fmt::format("project '{}' of {} is gone", *then.project, name),
          {{thing(*then.project), {}}});
    if (then.sprint && is_new(step, &Task::sprint)) check_sprint(then);
    if (then.parent && is_new(step, &Task::parent)) need(*then.parent, name, "is part of");
    if (then.external_id && is_new(step, &Task::external_id)) check_external_id(then);
    if (!is_new(step, &Task::blocked_by)) return;
    for (const TaskId blocker : then.blocked_by) need(blocker, name, "waits for");
  }

  // A sprint that had ended before may have its task back, one that ended since may not: its report
  // is written.
  void check_sprint(const Task& then) {
    const Sprint* found = result_.sprint(*then.sprint);
    const std::string name = name_of(then.id);
    if (found == nullptr) {
      add(name + " sprint", fmt::format("sprint {} of {} is gone", then.sprint->value, name),
          {{thing(*then.sprint), {}}});
    } else if (ended_since(*found)) {
      add(name + " sprint",
          fmt::format("sprint '{}' of {} is {} meanwhile", found->name, name,
                      model::name(found->state)),
          {{thing(found->id), {"state"}}});
    }
  }

  bool ended_since(const Sprint& sprint) const {
    return has_ended(sprint) && sprint.closed_at && *sprint.closed_at > inverse_.made_at;
  }

  // Whoever closed a sprint since counted what was in it, and left nothing open there.
  void check_report(const InverseStep<Task>& step) {
    if (!step.now || !step.now->sprint) return;
    const bool stays = step.then && step.then->sprint == step.now->sprint;
    const bool opens =
        step.then && model::is_open(step.then->status) && !model::is_open(step.now->status);
    if (stays && !opens) return;
    const Sprint* found = result_.sprint(*step.now->sprint);
    if (found == nullptr || !found->report || !ended_since(*found)) return;
    const std::string name = name_of(step.now->id);
    add(name + " sprint", fmt::format("{} counts in the report of sprint '{}'", name, found->name),
        {{thing(found->id), {"state"}}});
  }

  void check_external_id(const Task& then) {
    const auto holder = tx_.find_task_by_external_id(*then.external_id);
    if (!holder || holder->id == then.id) return;
    const Task* after = result_.task(holder->id);
    if (after == nullptr || after->external_id != then.external_id) return;
    add(name_of(then.id) + " external_id",
        fmt::format("external id '{}' is task {}'s now", *then.external_id, holder->id.value),
        {{thing(holder->id), {"external_id"}}});
  }

  void tell_circle(const std::optional<std::vector<TaskId>>& circle, std::string_view field,
                   std::string_view what) {
    if (!circle) return;
    auto path = *circle;
    std::vector<Cause> causes;
    for (const TaskId id : path) causes.push_back({thing(id), {field}});
    path.push_back(path.front());
    add(fmt::format("{} {}", name_of(path.front()), field),
        fmt::format("{} would go in a circle: {}", what, domain::to_text(path)), std::move(causes));
  }

  store::ReadTx& tx_;
  const Inverse& inverse_;
  Result& result_;
  Obstacles& obstacles_;
};

}  // namespace

void check_result(store::ReadTx& tx, const Base& base, const Inverse& inverse,
                  Obstacles& obstacles) {
  Result result(tx, inverse);
  const Checked checked{tx, base, inverse, result, obstacles};
  TaskChecks tasks(checked);
  tasks.run();
  check_things(checked);
  if (obstacles.empty()) tasks.check_circles();
}

}  // namespace taskman::service
