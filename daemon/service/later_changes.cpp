#include "daemon/service/later_changes.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "common/wire/apply.hpp"
#include "daemon/service/undo_chain.hpp"

namespace taskman::service {
namespace {

using model::ChangeType;

constexpr std::int64_t kPiece = 200;  // entries held in memory at once

bool is_derived(ChangeType type) {
  return type == ChangeType::kTaskReadiness || type == ChangeType::kSprintProgress;
}

std::vector<std::string> fields_of(const wire::Frame::Item& item) {
  switch (item.type) {
    case ChangeType::kTaskCommented:
    case ChangeType::kTaskUncommented:
      return {std::string(kCommentsField)};
    case ChangeType::kTaskUpdated:
    case ChangeType::kSprintUpdated:
    case ChangeType::kProjectUpdated:
      break;
    default:
      return {std::string(kExistence)};
  }
  std::vector<std::string> fields;
  for (const auto& [name, json] : item.set) {
    if (!wire::is_derived_field(name)) fields.push_back(name);
  }
  return fields;
}

// Decoding a changeset costs; most are about other things.
bool is_about(const model::LogEntry& entry, const std::set<Thing>& things) {
  return std::ranges::any_of(wire::decode_change_refs(entry), [&](const wire::ChangeRef& ref) {
    return !is_derived(ref.type) && things.contains(thing_of(ref.type, ref.id));
  });
}

void add(std::map<Thing, LaterChanges>& changes, const model::LogEntry& entry, bool counts) {
  for (const auto& item : wire::decode_changes(entry)) {
    const auto later = changes.find(thing_of(item.type, item.id));
    if (is_derived(item.type) || later == changes.end()) continue;
    if (const auto lease = wire::lease_of(item))
      later->second.lease_token = std::max(later->second.lease_token, lease->token);
    if (!counts) continue;
    for (auto& field : fields_of(item))
      later->second.fields[std::move(field)] = {entry.cursor.rev, entry.actor, item.type};
  }
}

}  // namespace

Thing thing_of(ChangeType type, const model::EntityId& id) {
  const std::string_view name = model::name(type);
  if (name.starts_with("task.")) return {ThingKind::kTask, id};
  return {name.starts_with("sprint.") ? ThingKind::kSprint : ThingKind::kProject, id};
}

std::string name_of(const Thing& thing) {
  if (const auto* key = std::get_if<std::string>(&thing.id)) return fmt::format("project {}", *key);
  return fmt::format("{} {}", thing.kind == ThingKind::kTask ? "task" : "sprint",
                     std::get<std::int64_t>(thing.id));
}

std::map<Thing, LaterChanges> changes_after(store::ReadTx& tx, std::int64_t rev,
                                            const std::set<Thing>& things) {
  std::map<Thing, LaterChanges> changes;
  if (things.empty()) return changes;
  for (const Thing& thing : things) changes[thing];
  std::int64_t at = rev;
  for (auto entries = tx.log_after(at, kPiece); !entries.empty();
       entries = tx.log_after(at, kPiece)) {
    at = entries.back().cursor.rev;
    for (const auto& entry : entries) {
      if (is_about(entry, things)) add(changes, entry, counts_after(tx, entry.cursor.rev, rev));
    }
  }
  return changes;
}

}  // namespace taskman::service
