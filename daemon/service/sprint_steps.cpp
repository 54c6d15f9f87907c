// Creation and edits. The life of a sprint: sprint_life.cpp.

#include "daemon/service/sprint_steps.hpp"

#include <fmt/core.h>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "daemon/domain/patch.hpp"
#include "daemon/domain/sprints.hpp"
#include "daemon/domain/validation.hpp"
#include "daemon/service/references.hpp"
#include "daemon/service/sprint_words.hpp"
#include "daemon/service/versions.hpp"

namespace taskman::service {
namespace {

using error::Code;
using error::Error;
using model::Sprint;

// Names tell sprints apart where people type them.
void check_name_is_free(store::ReadTx& tx, const Sprint& sprint) {
  for (const Sprint& other : tx.sprints()) {
    if (other.id == sprint.id || other.project != sprint.project) continue;
    if (!util::equals_ignoring_case(other.name, sprint.name)) continue;
    throw Error(Code::kConflict,
                fmt::format("sprint '{}' is there already, with id {}", other.name, other.id.value),
                "choose another name", {{"name", "taken"}});
  }
}

void check_references(Work& work, const Sprint& after, const Sprint* before) {
  if (after.project && !work.find_project(*after.project)) {
    refuse_unknown_project(work.tx(), *after.project, Code::kInvalidValue);
  }
  if (before == nullptr || before->tz != after.tz) check_zone(after.tz);
  check_name_is_free(work.tx(), after);
  if (before != nullptr && before->project != after.project)
    domain::check_can_move(after, work.tx().sprints());
}

}  // namespace

Sprint sprint_to_change(Work& work, const SprintName& name) {
  Sprint sprint = find_sprint_of(work.tx(), name.word, name.project);
  const auto& seen = work.request().if_match;
  if (!seen || !seen->state.empty() || !is_relative(name.word)) return sprint;
  throw Error(Code::kInvalidValue,
              fmt::format("version {} of sprint '{}' could be that of any sprint", seen->version,
                          name.word),
              fmt::format("name the sprint that was seen: now it is '{}', id {}; in If-Match its "
                          "whole ETag says it, too",
                          sprint.name, sprint.id.value),
              {{"If-Match", "a version alone"}});
}

Sprint create_sprint(Work& work, const model::SprintFields& fields) {
  Sprint sprint;
  static_cast<model::SprintFields&>(sprint) = fields;
  domain::check(fields);
  check_references(work, sprint, nullptr);
  return *work.find_sprint(work.create(std::move(sprint)));
}

Sprint edit_sprint(Work& work, const SprintName& name, const model::SprintPatch& patch) {
  const Sprint before = sprint_to_change(work, name);
  if (!may_merge(work)) check_version(work, before);
  const Sprint after = domain::patched(before, patch);
  check_references(work, after, &before);
  if (may_merge(work)) check_merge(work, Wish{before, after});
  if (!work.save(after)) work.notice(fmt::format("sprint '{}' is like that already", before.name));
  return *work.find_sprint(before.id);
}

}  // namespace taskman::service
