// What is removed must not be in use; a sprint or a project that comes back must find its place.

#include <fmt/core.h>

#include <algorithm>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "daemon/domain/sprints.hpp"
#include "daemon/domain/validation.hpp"
#include "daemon/service/inverse_result.hpp"
#include "daemon/service/members.hpp"

namespace taskman::service {
namespace {

using model::Project;
using model::Sprint;
using model::SprintId;
using model::Task;
using model::TaskId;

/// Used once.
class ThingChecks {
 public:
  explicit ThingChecks(const Checked& checked)
      : tx_(checked.tx),
        base_(checked.base),
        inverse_(checked.inverse),
        result_(checked.result),
        obstacles_(checked.obstacles) {}

  void run() {
    for (const auto& [id, step] : inverse_.tasks) {
      if (!step.then) check_unused(id);
    }
    for (const auto& [id, step] : inverse_.sprints) step.then ? check(step) : check_unused(id);
    for (const auto& [key, step] : inverse_.projects) step.then ? check(step) : check_unused(key);
  }

 private:
  void add(std::string name, std::string message, std::vector<Cause> causes) {
    obstacles_.add(std::move(name), std::move(message), std::move(causes));
  }

  void check_unused(TaskId id) {
    for (const TaskId dependent : tx_.dependents_of(id)) {
      const Task* other = result_.task(dependent);
      if (other != nullptr && std::ranges::binary_search(other->blocked_by, id))
        add(name_of(id), fmt::format("{} waits for {}", name_of(dependent), name_of(id)),
            {{thing(dependent), {"blocked_by"}}});
    }
    for (const TaskId child : tx_.children_of(id)) {
      const Task* other = result_.task(child);
      if (other != nullptr && other->parent == id)
        add(name_of(id), fmt::format("{} is part of {}", name_of(child), name_of(id)),
            {{thing(child), {"parent"}}});
    }
  }

  void check_unused(SprintId id) {
    for (const Task& each : tasks_in(tx_, base_, id)) {
      const Task* other = result_.task(each.id);
      if (other != nullptr && other->sprint == id)
        add(fmt::format("sprint {}", id.value),
            fmt::format("{} is in sprint {}", name_of(each.id), id.value),
            {{thing(each.id), {"sprint"}}});
    }
  }

  void check_unused(const std::string& key) {
    for (const Task& each : tasks_in(tx_, base_, key)) {
      const Task* other = result_.task(each.id);
      if (other != nullptr && other->project == key)
        add("project " + key, fmt::format("{} is in project {}", name_of(each.id), key),
            {{thing(each.id), {"project"}}});
    }
    for (const Sprint& each : result_.sprints()) {
      if (each.project == key)
        add("project " + key, fmt::format("sprint '{}' is in project {}", each.name, key),
            {{thing(each.id), {"project"}}});
    }
  }

  void check(const InverseStep<Sprint>& step) {
    const Sprint& then = *step.then;
    const std::string name = fmt::format("sprint {}", then.id.value);
    if (then.project && is_new(step, &Sprint::project) && !result_.has_project(*then.project))
      add(name + " project", fmt::format("project '{}' of {} is gone", *then.project, name),
          {{thing(*then.project), {}}});
    for (const auto& problem : domain::problems_of(static_cast<const model::SprintFields&>(then)))
      add(name + ' ' + problem.name,
          fmt::format("{} of {} {}", problem.name, name, problem.message),
          {{thing(then.id), {"start", "end"}}});
    const bool moves = is_new(step, &Sprint::name) || is_new(step, &Sprint::project);
    const auto all = result_.sprints();
    for (const Sprint& other : all) {
      if (!moves || other.id == then.id || other.project != then.project) continue;
      if (util::equals_ignoring_case(other.name, then.name))
        add(name + " name", fmt::format("another sprint is called '{}' now", other.name),
            {{thing(other.id), {"name", "project"}}});
    }
    if (!moves && !is_new(step, &Sprint::state)) return;
    try {
      domain::check_can_move(then, all);
    } catch (const error::Error& refusal) {
      add(name + " state", refusal.message(), others_of(then, all));
      obstacles_.hint(refusal.hint());
    }
  }

  // Of the active sprint beside it.
  static std::vector<Cause> others_of(const Sprint& sprint, const std::vector<Sprint>& all) {
    std::vector<Cause> causes;
    for (const Sprint& other : all) {
      if (other.id != sprint.id && other.project == sprint.project &&
          other.state == model::SprintState::kActive)
        causes.push_back({thing(other.id), {"state", "project"}});
    }
    return causes;
  }

  void check(const InverseStep<Project>& step) {
    if (step.now) return;
    for (const Project& other : tx_.projects()) {
      const auto planned = inverse_.projects.find(other.key);
      if (planned != inverse_.projects.end() && !planned->second.then) continue;
      if (other.key != step.then->key && util::equals_ignoring_case(other.key, step.then->key))
        add("project " + other.key, fmt::format("project '{}' is there now", other.key),
            {{thing(other.key), {}}});
    }
  }

  store::ReadTx& tx_;
  const Base& base_;
  const Inverse& inverse_;
  Result& result_;
  Obstacles& obstacles_;
};

}  // namespace

void check_things(const Checked& checked) { ThingChecks(checked).run(); }

}  // namespace taskman::service
