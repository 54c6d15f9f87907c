#include "daemon/service/project_steps.hpp"

#include <fmt/core.h>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "daemon/domain/patch.hpp"
#include "daemon/domain/sprints.hpp"
#include "daemon/domain/validation.hpp"
#include "daemon/service/members.hpp"
#include "daemon/service/references.hpp"
#include "daemon/service/versions.hpp"

namespace taskman::service {
namespace {

using error::Code;
using error::Error;
using model::Project;
using model::Sprint;
using model::Task;

Project find(Work& work, const std::string& key) {
  auto project = work.find_project(key);
  if (!project) refuse_unknown_project(work.tx(), key, Code::kNotFound);
  return std::move(*project);
}

std::vector<Sprint> sprints_of(store::ReadTx& tx, const std::string& key) {
  std::vector<Sprint> own = tx.sprints();
  std::erase_if(own, [&](const Sprint& sprint) { return sprint.project != key; });
  return own;
}

// A key that differs in case only is read as the other one.
void check_key_is_free(store::ReadTx& tx, const std::string& key) {
  for (const Project& other : tx.projects()) {
    if (!util::equals_ignoring_case(other.key, key)) continue;
    throw Error(Code::kConflict, fmt::format("project '{}' is there already", other.key),
                "edit it with: taskman project edit " + other.key, {{"key", "taken"}});
  }
}

void detach(Work& work, const Base& base, const std::string& key, Leftovers leftovers) {
  const auto tasks = tasks_in(work.tx(), base, key);
  const auto sprints = sprints_of(work.tx(), key);
  if (leftovers == Leftovers::kRefuse && (!tasks.empty() || !sprints.empty())) {
    throw Error(
        Code::kConflict,
        fmt::format("project '{}' has {} task{} and {} sprint{}", key, tasks.size(),
                    tasks.size() == 1 ? "" : "s", sprints.size(), sprints.size() == 1 ? "" : "s"),
        "move them first, or delete with --detach (detach=1 in the API): they stay, without a "
        "project");
  }
  for (Task task : tasks) {
    task.project.reset();
    work.save(std::move(task));
  }
  for (Sprint sprint : sprints) {
    sprint.project.reset();
    domain::check_can_move(sprint, work.tx().sprints());
    work.save(std::move(sprint));
  }
}

}  // namespace

Project create_project(Work& work, const Project& project) {
  domain::check(project);
  check_key_is_free(work.tx(), project.key);
  work.create(project);
  return *work.find_project(project.key);
}

Project edit_project(Work& work, const std::string& key, const model::ProjectPatch& patch) {
  const Project before = find(work, key);
  if (!may_merge(work)) check_version(work, before);
  const Project after = domain::patched(before, patch);
  if (may_merge(work)) check_merge(work, Wish{before, after});
  if (!work.save(after)) work.notice(fmt::format("project '{}' is like that already", key));
  return *work.find_project(key);
}

Project remove_project(Work& work, const Base& base, const std::string& key, Leftovers leftovers) {
  const Project project = find(work, key);
  check_version(work, project);
  detach(work, base, key, leftovers);
  work.remove(project);
  return project;
}

}  // namespace taskman::service
