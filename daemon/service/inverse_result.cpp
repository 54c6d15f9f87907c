#include "daemon/service/inverse_result.hpp"

namespace taskman::service {

using model::Sprint;
using model::SprintId;
using model::Task;
using model::TaskId;

const Task* Result::task(TaskId id) {
  if (const auto step = inverse_.tasks.find(id); step != inverse_.tasks.end())
    return step->second.then ? &*step->second.then : nullptr;
  const auto [place, is_first] = tasks_.try_emplace(id);
  if (is_first) place->second = tx_.find_task(id);
  return place->second ? &*place->second : nullptr;
}

const Sprint* Result::sprint(SprintId id) {
  if (const auto step = inverse_.sprints.find(id); step != inverse_.sprints.end())
    return step->second.then ? &*step->second.then : nullptr;
  const auto [place, is_first] = sprints_.try_emplace(id);
  if (is_first) place->second = tx_.find_sprint(id);
  return place->second ? &*place->second : nullptr;
}

bool Result::has_project(const std::string& key) {
  const auto step = inverse_.projects.find(key);
  if (step != inverse_.projects.end()) return step->second.then.has_value();
  return tx_.find_project(key).has_value();
}

std::vector<Sprint> Result::sprints() {
  std::vector<Sprint> all = tx_.sprints();
  std::erase_if(all, [&](const Sprint& each) { return inverse_.sprints.contains(each.id); });
  for (const auto& [id, step] : inverse_.sprints) {
    if (step.then) all.push_back(*step.then);
  }
  return all;
}

}  // namespace taskman::service
