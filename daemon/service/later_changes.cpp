#include "daemon/service/later_changes.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "common/wire/apply.hpp"
#include "common/wire/fields.hpp"
#include "daemon/service/lease_deeds.hpp"
#include "daemon/service/undo_chain.hpp"

namespace taskman::service {
namespace {

using model::ChangeType;

constexpr std::int64_t kPiece = 200;  // entries held in memory at once

bool is_derived(ChangeType type) {
  return type == ChangeType::kTaskReadiness || type == ChangeType::kSprintProgress;
}

/// One field of a change, as JSON.
struct Moved {
  std::string field;
  std::string from;
  std::string to;
};

std::string value_in(const wire::Members& members, std::string_view name) {
  const auto found = std::ranges::find(members, name, &wire::Members::value_type::first);
  return found == members.end() ? std::string() : found->second;
}

std::vector<Moved> moved_by(const wire::Frame::Item& item) {
  switch (item.type) {
    case ChangeType::kTaskCommented:
    case ChangeType::kTaskUncommented:
      return {{std::string(kCommentsField), {}, {}}};
    case ChangeType::kTaskUpdated:
    case ChangeType::kSprintUpdated:
    case ChangeType::kProjectUpdated:
      break;
    default:
      return {{std::string(kExistence), {}, {}}};
  }
  std::vector<Moved> moved;
  for (const auto& [name, json] : item.set) {
    if (!wire::is_derived_field(name)) moved.push_back({name, value_in(item.was, name), json});
  }
  return moved;
}

// Decoding a changeset costs; most are about other things.
bool is_about(const model::LogEntry& entry, const std::set<Thing>& things) {
  return std::ranges::any_of(wire::decode_change_refs(entry), [&](const wire::ChangeRef& ref) {
    return !is_derived(ref.type) && things.contains(thing_of(ref.type, ref.id));
  });
}

/// One change of one thing, and what of it a lease moved by itself.
struct Told {
  LaterChange change;
  std::vector<Moved> moved;
  bool counts = true;
  std::optional<LeaseMove> lease;
};

/// What happened to one thing, in its order.
struct Story {
  std::vector<Told> changes;
  LeaseStory leases;
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
      add(entry, item, story->second).counts = counts;
    }
  }

 private:
  Told& add(const model::LogEntry& entry, const wire::Frame::Item& item, Story& story) const {
    if (const auto lease = wire::lease_of(item))
      story.lease_token = std::max(story.lease_token, lease->token);
    story.leases.add(tx_, entry, item);
    return story.changes.emplace_back(Told{.change = {entry.cursor.rev, entry.actor, item.type},
                                           .moved = moved_by(item),
                                           .lease = lease_move(item, entry.origin)});
  }

  store::ReadTx& tx_;
  const std::int64_t since_;
  const Renewals renewals_;
};

// A claim counts as long as it goes on, or may go on again; its end never does.
bool is_lent(const Told& told, const std::string& field, const LeaseStory& leases) {
  if (!told.lease || !told.lease->moves(field)) return false;
  return told.lease->ends() || leases.is_over(told.lease->lease.token);
}

/// What counts of each field, the newest last, each with what it was before.
using Decisions = std::map<std::string, std::vector<std::pair<LaterChange, std::string>>>;

// The end of a lease may take along what was decided before it: then nothing is left of that, nor
// of the times that came with it.
void take_along(Decisions& decisions, const Moved& moved) {
  auto& of_field = decisions[moved.field];
  if (of_field.empty() || of_field.back().second != moved.to) return;
  const std::int64_t rev = of_field.back().first.rev;
  of_field.pop_back();
  if (moved.field != "status") return;
  for (auto& [field, left] : decisions) {
    if (follows_status(field) && !left.empty() && left.back().first.rev == rev) left.pop_back();
  }
}

LaterChanges told_by(Story story) {
  LaterChanges later{.lease_token = story.lease_token};
  Decisions decisions;
  for (const Told& told : story.changes) {
    for (const Moved& moved : told.moved) {
      later.all[moved.field] = told.change;
      if (is_lent(told, moved.field, story.leases)) {
        later.lent.insert(moved.field);
        if (told.counts && told.lease->ends()) take_along(decisions, moved);
      } else if (told.counts) {
        decisions[moved.field].emplace_back(told.change, moved.from);
      }
    }
  }
  for (const auto& [field, left] : decisions) {
    if (!left.empty()) later.fields[field] = left.back().first;
  }
  later.leases = std::move(story.leases);
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
