// What a sprint told of its tasks when it was started (`committed`) or closed (`report`) is true
// for good. Who brings that back must find the tasks as they were: the log knows who touched them.

#include <fmt/core.h>

#include <map>
#include <set>
#include <vector>

#include "common/util/shell.hpp"
#include "common/wire/log.hpp"
#include "daemon/service/inverse.hpp"

namespace taskman::service {
namespace {

using model::ChangeType;
using model::Sprint;
using model::SprintId;
using model::SprintState;
using model::Task;
using model::TaskId;

constexpr std::int64_t kPiece = 200;  // entries held in memory at once

/// A sprint that tells of its tasks again.
struct Telling {
  const Sprint* sprint;
  std::set<TaskId> joining;  ///< tasks that come back into it
};
using Tellings = std::map<SprintId, Telling>;

// A sprint that comes back after its deletion told of its tasks long before; after the undo of a
// command that made it, it tells of them anew.
bool tells(const InverseStep<Sprint>& step, Sense sense) {
  if (!step.then) return false;
  const SprintState then = step.then->state;
  if (!step.now) return sense == Sense::kUndoes && then != SprintState::kPlanned;
  if (then == SprintState::kClosed) return step.now->state != then;
  return then == SprintState::kActive && step.now->state == SprintState::kPlanned;
}

Tellings tellings_of(const Inverse& inverse, Sense sense) {
  Tellings tellings;
  for (const auto& [id, step] : inverse.sprints) {
    if (tells(step, sense)) tellings[id] = {.sprint = &*step.then, .joining = {}};
  }
  if (tellings.empty()) return tellings;
  for (const auto& [id, step] : inverse.tasks) {
    if (!step.then || !step.then->sprint) continue;
    const auto telling = tellings.find(*step.then->sprint);
    if (telling != tellings.end()) telling->second.joining.insert(id);
  }
  return tellings;
}

/// What of a change a sprint would have told otherwise; empty when nothing.
std::string_view field_told(const wire::Subject& subject, SprintId id, bool is_joining) {
  const auto is_in = [&](const std::optional<Task>& task) { return task && task->sprint == id; };
  const bool was_in = is_in(subject.before);
  const bool is_there = is_in(subject.after);
  if (was_in != is_there) return subject.before && subject.after ? "sprint" : kExistence;
  if (!subject.before || !subject.after || (!is_there && !is_joining)) return {};
  if (subject.before->status != subject.after->status) return "status";
  return subject.before->points != subject.after->points ? "points" : std::string_view{};
}

/// A change of a task that a sprint would not tell of.
struct Untrue {
  const Sprint* sprint;
  Thing task;
  std::string_view field;
  LaterChange change;
};

void add(Obstacles& obstacles, const Untrue& untrue) {
  const Sprint& sprint = *untrue.sprint;
  const bool is_closed = sprint.state == SprintState::kClosed;
  obstacles.add(untrue.task, untrue.field, untrue.change,
                fmt::format(", which {} sprint '{}' would not tell",
                            is_closed ? "the report of" : "what was committed to", sprint.name));
  obstacles.hint(fmt::format("to {} it with its tasks as they are: taskman sprint {} {}",
                             is_closed ? "close" : "start", is_closed ? "close" : "start",
                             util::shell_word(sprint.name)));
}

void look_at(const model::LogEntry& entry, const Tellings& tellings, std::vector<Untrue>& found) {
  const auto refs = wire::decode_change_refs(entry);
  const auto subjects = wire::decode_subjects(entry);
  for (std::size_t i = 0; i < refs.size(); ++i) {
    const auto* number = std::get_if<std::int64_t>(&refs[i].id);
    const bool can_matter = refs[i].type == ChangeType::kTaskCreated ||
                            refs[i].type == ChangeType::kTaskUpdated ||
                            refs[i].type == ChangeType::kTaskDeleted;
    if (!can_matter || number == nullptr) continue;
    for (const auto& [id, telling] : tellings) {
      const auto field = field_told(subjects.at(i), id, telling.joining.contains(TaskId{*number}));
      if (field.empty()) continue;
      found.push_back({.sprint = telling.sprint,
                       .task = thing_of(refs[i].type, refs[i].id),
                       .field = field,
                       .change = {entry.cursor.rev, entry.actor, refs[i].type}});
    }
  }
}

// What a claim moved that is over is as it was before.
void leave_out_claims(store::ReadTx& tx, std::int64_t since, std::vector<Untrue>& found) {
  std::set<Thing> moved;
  for (const Untrue& untrue : found) {
    if (untrue.field == "status") moved.insert(untrue.task);
  }
  const auto changes = changes_after(tx, since, moved);
  std::erase_if(found, [&](const Untrue& untrue) {
    return untrue.field == "status" && !changes.at(untrue.task).fields.contains("status");
  });
}

}  // namespace

void check_members(store::ReadTx& tx, const InverseOf& request, const Inverse& inverse,
                   Obstacles& obstacles) {
  const Tellings tellings = tellings_of(inverse, request.sense);
  if (tellings.empty()) return;
  const std::int64_t since = request.entry.cursor.rev;
  std::vector<Untrue> found;
  std::int64_t at = since;
  for (auto entries = tx.log_after(at, kPiece); !entries.empty();
       entries = tx.log_after(at, kPiece)) {
    at = entries.back().cursor.rev;
    for (const auto& entry : entries) {
      if (counts_after(tx, entry.cursor.rev, since)) look_at(entry, tellings, found);
    }
  }
  leave_out_claims(tx, since, found);
  for (const Untrue& untrue : found) add(obstacles, untrue);
}

}  // namespace taskman::service
