#include "daemon/service/later_changes.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "common/wire/apply.hpp"
#include "daemon/service/lease_deeds.hpp"
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

/// What happened to one thing, in its order.
struct Story {
  std::vector<std::pair<std::string, LaterChange>> changes;
  std::set<std::int64_t> void_claims;  ///< revisions: their run was taken back, claim and all
  std::int64_t lease_token = 0;
};

class Reader {
 public:
  Reader(store::ReadTx& tx, std::int64_t since, Renewals renewals)
      : tx_(tx), since_(since), renewals_(renewals) {}

  void read(const model::LogEntry& entry, std::map<Thing, Story>& stories) const {
    const bool is_idle = renewals_ == Renewals::kDoNotCount && is_renewal(entry);
    const bool counts = !is_idle && counts_after(tx_, entry.cursor.rev, since_);
    for (const auto& item : wire::decode_changes(entry)) {
      const auto story = stories.find(thing_of(item.type, item.id));
      if (is_derived(item.type) || story == stories.end()) continue;
      if (const auto lease = wire::lease_of(item))
        story->second.lease_token = std::max(story->second.lease_token, lease->token);
      counts ? add(entry, item, story->second) : look_at_run(entry, item, story->second);
    }
  }

 private:
  static void add(const model::LogEntry& entry, const wire::Frame::Item& item, Story& story) {
    const LaterChange change{entry.cursor.rev, entry.actor, entry.origin, item.type};
    for (auto& field : fields_of(item)) story.changes.emplace_back(std::move(field), change);
  }

  void look_at_run(const model::LogEntry& entry, const wire::Frame::Item& item,
                   Story& story) const {
    if (claim_of_run(tx_, entry, item))
      story.void_claims.insert(wire::lease_before(item).value().token);
  }

  store::ReadTx& tx_;
  const std::int64_t since_;
  const Renewals renewals_;
};

LaterChanges told_by(Story story) {
  LaterChanges later{.fields = {}, .lease_token = story.lease_token};
  for (auto& [field, change] : story.changes) {
    if (!story.void_claims.contains(change.rev)) later.fields[std::move(field)] = std::move(change);
  }
  return later;
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
                                            const std::set<Thing>& things, Renewals renewals) {
  std::map<Thing, Story> stories;
  for (const Thing& thing : things) stories[thing];
  const Reader reader(tx, rev, renewals);
  std::int64_t at = rev;
  while (!things.empty()) {
    const auto entries = tx.log_after(at, kPiece);
    if (entries.empty()) break;
    at = entries.back().cursor.rev;
    for (const auto& entry : entries) {
      if (is_about(entry, things)) reader.read(entry, stories);
    }
  }
  std::map<Thing, LaterChanges> changes;
  for (auto& [thing, story] : stories) changes[thing] = told_by(std::move(story));
  return changes;
}

std::string words_of(const Thing& thing, std::string_view field, const LaterChange& change) {
  const std::string name = name_of(thing);
  std::string deed = fmt::format("changed {} of {}", field, name);
  if (field == kExistence)
    deed = (model::name(change.type).ends_with(".deleted") ? "deleted " : "made ") + name;
  if (field == kCommentsField) deed = "commented " + name;
  if (change.type == ChangeType::kTaskUncommented) deed = "took back a comment of " + name;
  return fmt::format("{} {} in revision {}", change.actor, deed, change.rev);
}

}  // namespace taskman::service
