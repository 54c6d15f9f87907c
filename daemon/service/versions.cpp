#include "daemon/service/versions.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <type_traits>
#include <utility>

#include "common/error/error.hpp"
#include "common/wire/apply.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/log.hpp"
#include "daemon/service/etags.hpp"
#include "daemon/service/later_changes.hpp"

namespace taskman::service {
namespace {

using error::Code;
using error::Error;

using model::Project;
using model::Sprint;
using model::Task;

// Entries: an older difference is told without its fields.
constexpr std::int64_t kOfTask = 200;
constexpr std::int64_t kOfAll = 2000;  // nothing finds those of a sprint or a project
constexpr std::int64_t kPiece = 100;   // held in memory at once

/// What others did to a field.
struct Change {
  std::string actor;  ///< of the last change
  std::string base;   ///< before the first, as JSON
};

/// Of `thing`, after version `seen`.
struct Changes {
  Thing thing;
  std::int64_t seen = 0;
  std::int64_t oldest = 0;  ///< version that was met on the way back
  std::map<std::string, Change> fields{};
  /// The log has every version since.
  bool whole() const { return oldest == seen + 1; }
};

Thing thing_of(const Task& task) { return {ThingKind::kTask, task.id.value}; }
Thing thing_of(const Sprint& sprint) { return {ThingKind::kSprint, sprint.id.value}; }
Thing thing_of(const Project& project) { return {ThingKind::kProject, project.key}; }

std::string name_of(const Task& task) { return fmt::format("task {}", task.id.value); }
std::string name_of(const Sprint& sprint) { return fmt::format("sprint '{}'", sprint.name); }
std::string name_of(const Project& project) { return fmt::format("project '{}'", project.key); }

model::Change change_of(const Wish<Task>& wish) {
  return wire::task_change(model::ChangeType::kTaskUpdated, &wish.now, &wish.wanted);
}
model::Change change_of(const Wish<Sprint>& wish) {
  return wire::sprint_change(model::ChangeType::kSprintUpdated, &wish.now, &wish.wanted);
}
model::Change change_of(const Wish<Project>& wish) {
  return wire::project_change(model::ChangeType::kProjectUpdated, &wish.now, &wish.wanted);
}

void add(Changes& changes, const model::LogEntry& entry) {
  const auto refs = wire::decode_change_refs(entry);
  for (std::size_t i = 0; i < refs.size(); ++i) {
    if (service::thing_of(refs[i].type, refs[i].id) != changes.thing) continue;
    const auto item = wire::decode_change(entry, i).item;
    const auto at = item.version.value_or(0);
    // What is deleted keeps its version: the seen one may be told by that only, if it was undone.
    const bool is_end = item.set.empty();
    if (at < changes.seen || (at == changes.seen && !is_end)) continue;
    if (at > changes.seen) changes.oldest = std::min(changes.oldest, at);
    for (const auto& [field, value] : item.set)
      changes.fields.try_emplace(field, Change{.actor = entry.actor, .base = {}});
    for (const auto& [field, value] : item.was) changes.fields[field].base = value;
  }
}

/// The whole log backwards, as far as it takes.
void add_from_log(Changes& changes, store::ReadTx& tx) {
  const auto range = tx.log_range();
  const std::int64_t last = std::max(range.oldest, range.head.rev - kOfAll);
  for (std::int64_t to = range.head.rev; to > last && !changes.whole(); to -= kPiece) {
    const std::int64_t from = std::max(last, to - kPiece);
    const auto entries = tx.log_after(from, to - from);
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) add(changes, *entry);
  }
}

wire::Members bases_of(const Changes& changes) {
  wire::Members bases;
  for (const auto& [name, change] : changes.fields)
    if (!change.base.empty()) bases.emplace_back(name, change.base);
  return bases;
}

/// As the log has `thing` at the version that was seen. When it was made is of this one: another of
/// its name may have gone before it.
template <typename T>
T as_seen(const Changes& changes, const T& thing) {
  T then = thing;
  wire::apply(then, bases_of(changes));
  then.version = changes.seen;
  then.created_at = thing.created_at;
  return then;
}

/// What is as it was is no change, whatever it was in between.
template <typename T>
void forget_changed_back(Changes& changes, const T& thing) {
  const auto unlike = wire::fields_unlike(thing, bases_of(changes));
  std::erase_if(changes.fields, [&](const auto& field) {
    return std::ranges::find(unlike, field.first) == unlike.end();
  });
}

[[noreturn]] void refuse_another(const std::string& thing) {
  throw Error(Code::kStaleVersion, fmt::format("{} is not what was seen", thing),
              "the ETag is of another thing of that name, or of before a backup was restored: read "
              "it again and repeat the change");
}

/// Throws kStaleVersion when `seen` is the state of something else.
template <typename T>
Changes changes_since(store::ReadTx& tx, const T& thing, const Seen& seen) {
  Changes changes{.thing = thing_of(thing), .seen = seen.version, .oldest = thing.version + 1};
  if (seen.version > thing.version) return changes;
  if constexpr (std::is_same_v<T, Task>) {
    for (const auto& entry : tx.log_of_task(thing.id, kOfTask)) add(changes, entry);
  } else {
    add_from_log(changes, tx);
  }
  const bool is_told = !seen.state.empty() && changes.whole();
  if (is_told && state_of(as_seen(changes, thing)) != seen.state) refuse_another(name_of(thing));
  forget_changed_back(changes, thing);
  return changes;
}

[[noreturn]] void refuse(const std::string& thing, std::int64_t current, std::int64_t seen,
                         std::vector<error::Field> fields) {
  std::string names;
  for (const auto& field : fields) names += (names.empty() ? ": " : ", ") + field.name;
  const std::string message = fmt::format("{} is at version {}, not {}", thing, current, seen);
  throw Error(Code::kStaleVersion, message,
              names.empty() ? "read it again and repeat the change" : "changed since" + names,
              std::move(fields));
}

error::Field conflict_of(const std::pair<const std::string, Change>& other,
                         const std::string& theirs, const std::string& yours) {
  const auto& [name, change] = other;
  return {
      name,
      fmt::format("base {}, theirs {} (by {}), yours {}", change.base, theirs, change.actor, yours),
      error::Rivals{change.base, theirs, yours}};
}

template <typename T>
bool is_stale(Work& work, const T& thing) {
  const auto& seen = work.request().if_match;
  if (!seen) return false;
  return seen->version != thing.version || (!seen->state.empty() && seen->state != state_of(thing));
}

}  // namespace

template <typename T>
void check_version(Work& work, const T& thing) {
  if (!is_stale(work, thing)) return;
  const Seen& seen = *work.request().if_match;
  std::vector<error::Field> fields;
  for (const auto& [name, change] : changes_since(work.tx(), thing, seen).fields)
    fields.push_back({name, "changed by " + change.actor});
  refuse(name_of(thing), thing.version, seen.version, std::move(fields));
}
template void check_version(Work& work, const Task& thing);
template void check_version(Work& work, const Sprint& thing);
template void check_version(Work& work, const Project& thing);

bool may_merge(const Work& work) { return work.request().stale == WriteRequest::Stale::kMerge; }

template <typename T>
void check_merge(Work& work, const Wish<T>& wish) {
  if (!is_stale(work, wish.now)) return;
  const Seen& seen = *work.request().if_match;
  const auto others = changes_since(work.tx(), wish.now, seen);
  const auto change = change_of(wish);
  const auto theirs = wire::members_of(change.was);
  std::vector<error::Field> conflicts;
  auto their = theirs.begin();
  for (const auto& [name, yours] : wire::members_of(change.set)) {
    const auto& now = (their++)->second;
    const auto other = others.fields.find(name);
    if (other == others.fields.end() || wish.commuting.contains(name)) continue;
    conflicts.push_back(conflict_of(*other, now, yours));
  }
  if (!conflicts.empty() || !others.whole())
    refuse(name_of(wish.now), wish.now.version, seen.version, std::move(conflicts));
  std::string names;
  for (const auto& [name, other] : others.fields)
    names += fmt::format("{}{} (by {})", names.empty() ? "" : ", ", name, other.actor);
  work.notice(fmt::format("merged into version {}, {}", wish.now.version,
                          names.empty() ? fmt::format("which is as version {} was", seen.version)
                                        : "which has changed: " + names));
}
template void check_merge(Work& work, const Wish<Task>& wish);
template void check_merge(Work& work, const Wish<Sprint>& wish);
template void check_merge(Work& work, const Wish<Project>& wish);

void check_merge_of_status(Work& work, const Task& now, model::Status wanted) {
  if (!may_merge(work) || !is_stale(work, now) || now.status == wanted) return;
  const Seen& seen = *work.request().if_match;
  const auto others = changes_since(work.tx(), now, seen);
  const auto other = others.fields.find("status");
  if (other == others.fields.end()) return;
  refuse(name_of(now), now.version, seen.version,
         {conflict_of(*other, wire::quote(model::name(now.status)),
                      wire::quote(model::name(wanted)))});
}

}  // namespace taskman::service
