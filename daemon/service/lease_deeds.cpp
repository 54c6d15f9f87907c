#include "daemon/service/lease_deeds.hpp"

#include <algorithm>
#include <ranges>
#include <string>

#include "common/model/vocabulary.hpp"
#include "common/wire/apply.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/paths.hpp"
#include "daemon/service/lease_story.hpp"

namespace taskman::service {
namespace {

using model::ChangeType;
using Item = wire::Frame::Item;

constexpr std::int64_t kSeen = 100;  // changes of a task, the newest first

const std::string* find(const wire::Members& members, std::string_view name) {
  const auto found = std::ranges::find(members, name, &wire::Members::value_type::first);
  return found == members.end() ? nullptr : &found->second;
}

std::optional<std::string> text_in(const wire::Members& members, std::string_view name) {
  const std::string* json = find(members, name);
  return json == nullptr ? std::nullopt : std::optional(wire::value_text(*json));
}

std::optional<model::Status> status_in(const wire::Members& members) {
  const auto text = text_in(members, "status");
  return text ? model::find_status(*text) : std::nullopt;
}

// Apart from the lease, and what the daemon derives.
bool sets_more(const Item& item) {
  return std::ranges::any_of(item.set, [](const auto& member) {
    return member.first != "lease" && !wire::is_derived_field(member.first);
  });
}

bool is_same(const model::Lease& a, const model::Lease& b) {
  return a.holder == b.holder && a.token == b.token;
}

bool is_derived(ChangeType type) {
  return type == ChangeType::kTaskReadiness || type == ChangeType::kSprintProgress;
}

bool is_of_task(ChangeType type) {
  return type == ChangeType::kTaskCreated || type == ChangeType::kTaskUpdated ||
         type == ChangeType::kTaskDeleted;
}

// Most entries are told apart by their types: then nothing is decoded. What is derived is left out.
template <typename Accept>
bool all_items(const model::LogEntry& entry, const Accept& accept) {
  const auto refs = wire::decode_change_refs(entry);
  const bool can_be = std::ranges::all_of(refs, [](const wire::ChangeRef& ref) {
    return ref.type == ChangeType::kTaskUpdated || is_derived(ref.type);
  });
  if (!can_be) return false;
  const auto items = wire::decode_changes(entry);
  return std::ranges::all_of(
      items, [&](const Item& item) { return is_derived(item.type) || accept(item); });
}

template <typename Accept>
bool all_deeds(const model::LogEntry& entry, const Accept& accept) {
  return all_items(entry, [&](const Item& item) { return accept(lease_deed(item, entry.origin)); });
}

bool moves_only(const Item& item, const LeaseMove& move) {
  return std::ranges::all_of(item.set, [&](const auto& member) {
    return move.moves(member.first) || wire::is_derived_field(member.first);
  });
}

// The lease that the change at `rev` gave. What is older than the newest that are looked at is
// taken for held, which costs a look at the whole log.
bool is_over(store::ReadTx& tx, const Item& item, std::int64_t rev) {
  const model::TaskId id{std::get<std::int64_t>(item.id)};
  const auto task = tx.find_task(id);
  if (task && model::is_open(task->status) && !task->lease) return true;
  LeaseStory story;
  const auto newest = tx.log_of_task(id, kSeen);
  for (const auto& entry : newest | std::views::reverse) {
    if (entry.cursor.rev <= rev) continue;
    for (const Item& each : wire::decode_changes(entry)) {
      if (each.id == item.id && is_of_task(each.type)) story.add(tx, entry, each);
    }
  }
  return story.is_over(wire::lease_of(item).value().token);
}

}  // namespace

std::optional<model::Status> status_set(const Item& item) { return status_in(item.set); }

bool follows_status(std::string_view field) {
  return field == "started_at" || field == "closed_at";
}

LeaseDeed lease_deed(const Item& item, std::string_view origin) {
  if (item.type != ChangeType::kTaskUpdated) return LeaseDeed::kNone;
  const auto given = wire::lease_of(item);
  const auto before = wire::lease_before(item);
  if (given) {
    const bool goes_on = before && is_same(*given, *before) && !sets_more(item);
    return goes_on ? LeaseDeed::kRenewed : LeaseDeed::kClaimed;
  }
  if (!before || status_set(item).value_or(model::Status::kTodo) != model::Status::kTodo)
    return LeaseDeed::kNone;
  return origin == wire::kLeaseOrigin ? LeaseDeed::kRanOut : LeaseDeed::kReleased;
}

bool is_renewal(const model::LogEntry& entry) {
  return all_deeds(entry, [](LeaseDeed deed) { return deed == LeaseDeed::kRenewed; });
}

bool is_command(const model::LogEntry& entry) {
  if (entry.origin != wire::kRunOrigin) return !is_renewal(entry);
  return !all_deeds(entry, [](LeaseDeed deed) { return deed != LeaseDeed::kNone; });
}

bool LeaseMove::moves(std::string_view field) const {
  return std::ranges::find(fields, field) != fields.end();
}

std::optional<LeaseMove> lease_move(const Item& item, std::string_view origin) {
  LeaseMove move{.deed = lease_deed(item, origin)};
  if (move.deed == LeaseDeed::kNone) return std::nullopt;
  const bool ends = move.ends();
  move.lease = (ends ? wire::lease_before(item) : wire::lease_of(item)).value();
  move.fields = {"lease"};
  // With the holder the assignee comes and goes, and from to do it goes to in progress and back.
  const auto& held = ends ? item.was : item.set;
  const auto& waiting = ends ? item.set : item.was;
  const bool was_assigned = ends && !text_in(item.set, "assignee").value_or("").empty();
  if (text_in(held, "assignee") == move.lease.holder && !was_assigned)
    move.fields.push_back("assignee");
  if (status_in(held) == model::Status::kInProgress && status_in(waiting) == model::Status::kTodo) {
    move.fields.push_back("status");
    move.fields.push_back("started_at");
  }
  return move;
}

bool can_be_spent(const model::LogEntry& entry) {
  return all_items(entry, [&](const Item& item) {
    return item.set.empty() || lease_deed(item, entry.origin) != LeaseDeed::kNone;
  });
}

bool is_spent(store::ReadTx& tx, const model::LogEntry& entry, util::Instant now) {
  return all_items(entry, [&](const Item& item) {
    const auto move = lease_move(item, entry.origin);
    if (!move || !moves_only(item, *move)) return false;
    return move->ends() ? move->lease.until <= now : is_over(tx, item, entry.cursor.rev);
  });
}

std::optional<Item> claim_of_run(store::ReadTx& tx, const model::LogEntry& entry,
                                 const Item& item) {
  const auto lease = wire::lease_before(item);
  const auto status = status_set(item);
  const bool is_over = status && (!model::is_open(*status) || *status == model::Status::kBlocked);
  const bool is_end = item.type == ChangeType::kTaskUpdated && lease && !wire::lease_of(item) &&
                      lease->holder == entry.actor && is_over;
  if (!is_end) return std::nullopt;
  const auto claim = find_entry(tx, lease->token);
  if (!claim || claim->origin != wire::kRunOrigin) return std::nullopt;
  for (auto& each : wire::decode_changes(*claim)) {
    const auto given = wire::lease_of(each);
    if (each.type == item.type && each.id == item.id && given && given->token == lease->token)
      return std::move(each);
  }
  return std::nullopt;
}

bool may_be_token(store::ReadTx& tx, model::TaskId id, std::int64_t token) {
  if (token > tx.log_range().head.rev) return false;
  const auto entry = find_entry(tx, token);
  if (!entry) return true;  // the log has lost it
  return std::ranges::any_of(wire::decode_changes(*entry), [&](const Item& item) {
    const auto given = wire::lease_of(item);
    return item.id == model::EntityId{id.value} && given && given->token == token;
  });
}

bool is_work_of(store::ReadTx& tx, model::TaskId id, const domain::Claimant& claimant) {
  for (const auto& entry : tx.log_of_task(id, kSeen)) {
    for (const Item& item : wire::decode_changes(entry)) {
      if (item.id != model::EntityId{id.value} || !status_set(item)) continue;
      const auto lease = wire::lease_before(item);
      const bool is_by_them = entry.actor == claimant.holder;
      // Closed by another, it is closed all the same; given back by another, it was taken away.
      const bool counts = is_by_them || !model::is_open(*status_set(item));
      const bool is_under_theirs = lease && lease->holder == claimant.holder && counts;
      if (claimant.token) return is_under_theirs && lease->token == *claimant.token;
      return is_under_theirs || is_by_them;
    }
  }
  return false;
}

std::optional<model::LogEntry> find_entry(store::ReadTx& tx, std::int64_t rev) {
  auto entries = tx.log_after(rev - 1, 1);
  if (entries.empty() || entries.front().cursor.rev != rev) return std::nullopt;
  return std::move(entries.front());
}

}  // namespace taskman::service
