// What is read of sprints, and their writes as transactions; what a write does: sprint_steps.hpp.

#include "daemon/service/sprints.hpp"

#include <fmt/core.h>

#include <chrono>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/entities.hpp"
#include "common/wire/views.hpp"
#include "daemon/service/answers.hpp"
#include "daemon/service/etags.hpp"
#include "daemon/service/references.hpp"
#include "daemon/service/sprint_steps.hpp"
#include "daemon/service/sprint_words.hpp"
#include "daemon/service/transaction.hpp"
#include "daemon/zone/zones.hpp"

namespace taskman::service {
namespace {

using error::Code;
using error::Error;
using model::Sprint;

Sprint find(store::ReadTx& tx, const SprintName& name) {
  return find_sprint_of(tx, name.word, name.project);
}

std::optional<model::SprintState> state_of(const std::optional<std::string>& word) {
  if (!word) return std::nullopt;
  const auto state = model::find_sprint_state(*word);
  if (state) return state;
  std::vector<std::string> names;
  for (const auto& row : model::sprint_state_words()) names.emplace_back(row.name);
  throw Error(Code::kInvalidValue, fmt::format("unknown sprint state '{}'", *word),
              "states: " + util::join(names, ", "), {{"state", "unknown"}});
}

std::optional<std::int64_t> days_left(const Base& base, const Sprint& sprint) {
  const bool ended =
      sprint.state == model::SprintState::kClosed || sprint.state == model::SprintState::kCancelled;
  if (!sprint.end || ended) return std::nullopt;
  const auto now = base.clock.now();
  // A zone that was known when the sprint was made can be missing from another machine.
  const auto today =
      std::chrono::sys_days(zone::day_in(sprint.tz, now).value_or(base.zone.day_of(now)));
  return (std::chrono::sys_days(*sprint.end) - today).count();
}

}  // namespace

Reading Sprints::list(const SprintListRequest& request) const {
  Reading answer;
  base_.store.read([&](store::ReadTx& tx) {
    if (request.project) check_project(tx, *request.project);
    const auto state = state_of(request.state);
    std::vector<std::string> items;
    for (const Sprint& sprint : tx.sprints()) {
      if (request.project && sprint.project != request.project) continue;
      if (state && sprint.state != *state) continue;
      items.push_back(wire::encode(sprint));
    }
    answer = reading(list_answer("sprint.list", items), tx.log_range().head);
  });
  return answer;
}

Reading Sprints::get(const SprintName& name) const {
  Reading answer;
  base_.store.read([&](store::ReadTx& tx) {
    const Sprint sprint = find(tx, name);
    answer = reading(sprint_answer(sprint), tx.log_range().head);
    answer.tag = etag_of(sprint);
  });
  return answer;
}

Reading Sprints::progress(const SprintName& name) const {
  Reading answer;
  base_.store.read([&](store::ReadTx& tx) {
    wire::SprintView view{.sprint = find(tx, name)};
    view.progress = tx.progress_of(view.sprint.id);
    view.days_left = days_left(base_, view.sprint);
    answer = reading({.kind = "sprint.progress", .data = wire::encode(view)}, tx.log_range().head);
  });
  return answer;
}

Answer Sprints::create(const WriteRequest& request, const model::SprintFields& fields) const {
  return run_write(base_, request,
                   [&](Work& work) { return sprint_answer(create_sprint(work, fields)); });
}

Answer Sprints::edit(const WriteRequest& request, const SprintName& name,
                     const model::SprintPatch& patch) const {
  return run_write(base_, request,
                   [&](Work& work) { return sprint_answer(edit_sprint(work, name, patch)); });
}

Answer Sprints::start(const WriteRequest& request, const SprintName& name) const {
  return run_write(base_, request,
                   [&](Work& work) { return sprint_answer(start_sprint(work, base_, name)); });
}

Answer Sprints::close(const WriteRequest& request, const SprintName& name,
                      const wire::CloseCommand& command) const {
  return run_write(base_, request, [&](Work& work) {
    return sprint_answer(close_sprint(work, base_, name, command));
  });
}

Answer Sprints::cancel(const WriteRequest& request, const SprintName& name) const {
  return run_write(base_, request,
                   [&](Work& work) { return sprint_answer(cancel_sprint(work, base_, name)); });
}

Answer Sprints::remove(const WriteRequest& request, const SprintName& name,
                       Leftovers leftovers) const {
  return run_write(base_, request, [&](Work& work) {
    return sprint_answer(remove_sprint(work, base_, name, leftovers));
  });
}

}  // namespace taskman::service
