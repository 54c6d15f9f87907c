#include "daemon/service/batch_verbs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "daemon/service/claim_steps.hpp"
#include "daemon/service/filters.hpp"
#include "daemon/service/project_steps.hpp"
#include "daemon/service/sprint_steps.hpp"
#include "daemon/service/task_steps.hpp"

namespace taskman::service {
namespace {

using domain::Verb;
using error::Code;
using error::Error;
using model::EntityId;
using model::TaskId;

[[noreturn]] void refuse_id(std::string_view verb, std::string_view expected) {
  throw Error(Code::kInvalidValue, fmt::format("'{}' needs 'id': {}", verb, expected), {},
              {{"id", "missing"}});
}

TaskId task_of(const wire::BatchLine& line) {
  const auto* id = line.id ? std::get_if<std::int64_t>(&*line.id) : nullptr;
  if (id == nullptr) refuse_id(line.verb, "a task's number, or $1 for what line 1 made");
  return {*id};
}

SprintName sprint_of(const wire::BatchLine& line) {
  if (!line.id) refuse_id(line.verb, "a sprint's number or name");
  const auto* id = std::get_if<std::int64_t>(&*line.id);
  return {.word = id != nullptr ? std::to_string(*id) : std::get<std::string>(*line.id),
          .project = std::nullopt};
}

std::string project_of(const wire::BatchLine& line) {
  const auto* key = line.id ? std::get_if<std::string>(&*line.id) : nullptr;
  if (key == nullptr) refuse_id(line.verb, "a project's key");
  return *key;
}

Leftovers leftovers_of(const wire::BatchLine& line) {
  return wire::decode_detach(line.body) ? Leftovers::kDetach : Leftovers::kRefuse;
}

EntityId add_task(const BatchStep& step) {
  return create_task(step.work, wire::decode_new_task(step.line.body)).value;
}

EntityId change_task(const BatchStep& step, const wire::TaskEdit& edit) {
  const TaskId id = task_of(step.line);
  edit_task(step.work, id, edit);
  return id.value;
}

template <Verb V>
EntityId move_task(const BatchStep& step) {
  const TaskId id = task_of(step.line);
  const auto input = wire::decode_verb(step.line.body);
  check_fence(step.work, id, input.fence, domain::target_of(V));
  move_task(step.work, id, move_with(V, input.reason));
  return id.value;
}

template <Verb V>
constexpr BatchVerb move_verb(std::string_view name, std::string_view shorthand = {}) {
  return {.name = name, .run = move_task<V>, .shorthand = shorthand};
}

EntityId claim(const BatchStep& step) {
  const TaskId id = task_of(step.line);
  claim_task(step.work, id, wire::decode_claim(step.line.body));
  return id.value;
}

EntityId claim_next(const BatchStep& step) {
  const auto wanted = wire::decode_next(step.line.body);
  if (!wanted) refuse_id(step.line.verb, "a task's number, or \"next\":true in its place");
  const auto context = filter_context(step.base, step.work.caller());
  const TaskId id = next_task(step.work, *wanted, context);
  claim_task(step.work, id, {wanted->lease});
  return id.value;
}

EntityId claim_any(const BatchStep& step) { return step.line.id ? claim(step) : claim_next(step); }

EntityId renew(const BatchStep& step) {
  const TaskId id = task_of(step.line);
  renew_task(step.work, id, wire::decode_renewal(step.line.body));
  return id.value;
}

EntityId release(const BatchStep& step) {
  const TaskId id = task_of(step.line);
  const auto input = wire::decode_release(step.line.body);
  check_fence(step.work, id, input.fence, model::Status::kTodo);
  release_task(step.work, id);
  return id.value;
}

EntityId delete_task(const BatchStep& step) {
  return remove_task(step.work, task_of(step.line)).id.value;
}

EntityId add_comment(const BatchStep& step) {
  const TaskId id = task_of(step.line);
  comment_task(step.work, id, wire::decode_new_comment(step.line.body));
  return id.value;
}

EntityId add_dependency(const BatchStep& step) {
  return change_task(
      step, {.patch = {.add_blocked_by = wire::decode_dependency(step.line.body)}, .sprint = {}});
}

EntityId remove_dependency(const BatchStep& step) {
  return change_task(step, {.patch = {.remove_blocked_by = wire::decode_dependency(step.line.body)},
                            .sprint = {}});
}

constexpr auto kMakes = BatchVerb::Acts::kMakes;
constexpr auto kOn = BatchVerb::Acts::kOnExisting;

constexpr std::array kVerbs{
    BatchVerb{"task add", kMakes, add_task, "add"},
    BatchVerb{"task edit", kOn,
              [](const BatchStep& step) {
                return change_task(step, wire::decode_task_edit(step.line.body));
              }},
    move_verb<Verb::kStart>("task start", "start"),
    move_verb<Verb::kBlock>("task block"),
    move_verb<Verb::kReview>("task review"),
    move_verb<Verb::kDone>("task done", "done"),
    move_verb<Verb::kDrop>("task drop"),
    move_verb<Verb::kReopen>("task reopen"),
    BatchVerb{"task claim", kOn, claim_any, "claim"},
    BatchVerb{"task release", kOn, release},
    BatchVerb{"task delete", kOn, delete_task},
    BatchVerb{"task comment", kOn, add_comment},
    BatchVerb{"task dep add", kOn, add_dependency},
    BatchVerb{"task dep remove", kOn, remove_dependency},
    BatchVerb{"lease renew", kOn, renew},
    BatchVerb{"sprint add", kMakes,
              [](const BatchStep& step) -> EntityId {
                return create_sprint(step.work, wire::decode_new_sprint(step.line.body)).id.value;
              }},
    BatchVerb{"sprint edit", kOn,
              [](const BatchStep& step) -> EntityId {
                return edit_sprint(step.work, sprint_of(step.line),
                                   wire::decode_sprint_edit(step.line.body))
                    .id.value;
              }},
    BatchVerb{"sprint start", kOn,
              [](const BatchStep& step) -> EntityId {
                return start_sprint(step.work, step.base, sprint_of(step.line)).id.value;
              }},
    BatchVerb{"sprint close", kOn,
              [](const BatchStep& step) -> EntityId {
                return close_sprint(step.work, step.base, sprint_of(step.line),
                                    wire::decode_close(step.line.body))
                    .id.value;
              }},
    BatchVerb{"sprint cancel", kOn,
              [](const BatchStep& step) -> EntityId {
                return cancel_sprint(step.work, step.base, sprint_of(step.line)).id.value;
              }},
    BatchVerb{"sprint delete", kOn,
              [](const BatchStep& step) -> EntityId {
                return remove_sprint(step.work, step.base, sprint_of(step.line),
                                     leftovers_of(step.line))
                    .id.value;
              }},
    BatchVerb{"project add", kMakes,
              [](const BatchStep& step) -> EntityId {
                return create_project(step.work, wire::decode_new_project(step.line.body)).key;
              }},
    BatchVerb{"project edit", kOn,
              [](const BatchStep& step) -> EntityId {
                return edit_project(step.work, project_of(step.line),
                                    wire::decode_project_edit(step.line.body))
                    .key;
              }},
    BatchVerb{"project delete", kOn,
              [](const BatchStep& step) -> EntityId {
                return remove_project(step.work, step.base, project_of(step.line),
                                      leftovers_of(step.line))
                    .key;
              }},
};

/// Whole names: `edit` alone, told as one, would be refused again.
std::vector<std::string_view> verb_names() {
  std::vector<std::string_view> names;
  for (const auto& verb : kVerbs) names.push_back(verb.name);
  return names;
}

/// `edit` is most likely that of a task; else by the spelling.
std::optional<std::string_view> meant(std::string_view name,
                                      const std::vector<std::string_view>& known) {
  const auto of_task = std::ranges::find(known, "task " + std::string(name));
  if (of_task != known.end()) return *of_task;
  return util::suggest(std::string(name), known);
}

}  // namespace

std::span<const BatchVerb> batch_verbs() { return kVerbs; }

const BatchVerb& batch_verb(std::string_view name) {
  const auto found = std::ranges::find_if(kVerbs, [&](const BatchVerb& verb) {
    return verb.name == name || (!verb.shorthand.empty() && verb.shorthand == name);
  });
  if (found != kVerbs.end()) return *found;
  const auto known = verb_names();
  const auto near = meant(name, known);
  throw Error(Code::kInvalidValue,
              fmt::format("'{}' is no verb of a batch", util::escape_for_terminal(name)),
              near ? fmt::format("did you mean {}?", *near)
                   : fmt::format("those that are: {}", fmt::join(known, ", ")),
              {{"verb", "unknown"}});
}

}  // namespace taskman::service
