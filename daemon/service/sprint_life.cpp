// Start, close, cancel and removal of sprints.

#include <fmt/core.h>

#include <algorithm>

#include "common/error/error.hpp"
#include "daemon/domain/sprints.hpp"
#include "daemon/service/members.hpp"
#include "daemon/service/sprint_steps.hpp"
#include "daemon/service/sprint_words.hpp"
#include "daemon/service/versions.hpp"

namespace taskman::service {
namespace {

using error::Code;
using error::Error;
using model::Sprint;
using model::Task;

Sprint find(Work& work, const SprintName& name) {
  Sprint sprint = sprint_to_change(work, name);
  check_version(work, sprint);
  return sprint;
}

Sprint store(Work& work, Sprint sprint) {
  const auto id = sprint.id;
  if (!work.save(std::move(sprint))) {
    const Sprint now = *work.find_sprint(id);
    work.notice(fmt::format("sprint '{}' is already {}", now.name, model::name(now.state)));
  }
  return *work.find_sprint(id);
}

std::string count_of(std::size_t number, std::string_view thing) {
  return fmt::format("{} {}{}", number, thing, number == 1 ? "" : "s");
}

// Where open tasks go: a sprint, or none.
std::optional<Sprint> target_of(Work& work, const Sprint& from,
                                const std::optional<std::string>& carry) {
  if (!carry || *carry == "none") return std::nullopt;
  Sprint to = find_sprint(
      work.tx(), {.word = *carry, .project = from.project, .missing = Code::kInvalidValue});
  domain::check_can_receive(from, to);
  return to;
}

void carry_on(Work& work, const std::vector<Task>& tasks, const std::optional<Sprint>& target) {
  for (Task task : tasks) {
    if (!model::is_open(task.status)) continue;
    task.sprint.reset();
    if (target) task.sprint = target->id;
    work.save(std::move(task));
  }
}

[[noreturn]] void refuse_without_carry(const Sprint& sprint, std::size_t open) {
  throw Error(
      Code::kConflict, fmt::format("sprint '{}' has {}", sprint.name, count_of(open, "open task")),
      "say where they go: --carry next, --carry none or --carry SPRINT", {{"carry", "needed"}});
}

// A sprint that was given up decides nothing about its tasks: whoever gave it up does.
void say_what_stays(Work& work, const Base& base, const Sprint& sprint) {
  const auto tasks = tasks_in(work.tx(), base, sprint.id);
  const auto open =
      std::ranges::count_if(tasks, [](const Task& task) { return model::is_open(task.status); });
  if (open == 0) return;
  work.notice(fmt::format(
      "{} still in sprint '{}'; to move: taskman task list sprint:{} -q | taskman task edit - "
      "--sprint none",
      count_of(static_cast<std::size_t>(open), "open task"), sprint.name, sprint.id.value));
}

void detach(Work& work, const std::vector<Task>& tasks, const Sprint& sprint, Leftovers leftovers) {
  if (leftovers == Leftovers::kRefuse && !tasks.empty()) {
    throw Error(Code::kConflict,
                fmt::format("sprint '{}' has {}", sprint.name, count_of(tasks.size(), "task")),
                "move them first, or delete with --detach (detach=1 in the API): they stay, "
                "without a sprint");
  }
  for (Task task : tasks) {
    task.sprint.reset();
    work.save(std::move(task));
  }
}

}  // namespace

Sprint start_sprint(Work& work, const Base& base, const SprintName& name) {
  const Sprint sprint = find(work, name);
  const auto tasks = tasks_in(work.tx(), base, sprint.id);
  Sprint started = domain::started(sprint, tasks, work.now());
  if (started != sprint) domain::check_can_start(sprint, work.tx().sprints());
  return store(work, std::move(started));
}

Sprint close_sprint(Work& work, const Base& base, const SprintName& name,
                    const wire::CloseCommand& command) {
  const Sprint sprint = find(work, name);
  if (sprint.state == model::SprintState::kClosed) return store(work, sprint);
  const auto tasks = tasks_in(work.tx(), base, sprint.id);
  const auto open =
      std::ranges::count_if(tasks, [](const Task& task) { return model::is_open(task.status); });
  const auto target = target_of(work, sprint, command.carry);
  Sprint closed = domain::closed(
      sprint, {.tasks = tasks, .carried_to = target ? target->name : "none", .now = work.now()});
  if (open > 0 && !command.carry) refuse_without_carry(sprint, static_cast<std::size_t>(open));
  carry_on(work, tasks, target);
  return store(work, std::move(closed));
}

Sprint cancel_sprint(Work& work, const Base& base, const SprintName& name) {
  const Sprint sprint = find(work, name);
  Sprint cancelled = domain::cancelled(sprint, work.now());
  if (cancelled != sprint) say_what_stays(work, base, sprint);
  return store(work, std::move(cancelled));
}

Sprint remove_sprint(Work& work, const Base& base, const SprintName& name, Leftovers leftovers) {
  const Sprint sprint = find(work, name);
  detach(work, tasks_in(work.tx(), base, sprint.id), sprint, leftovers);
  work.remove(sprint);
  return sprint;
}

}  // namespace taskman::service
