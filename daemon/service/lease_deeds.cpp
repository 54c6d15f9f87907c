#include "daemon/service/lease_deeds.hpp"

#include <algorithm>
#include <string>

#include "common/model/vocabulary.hpp"
#include "common/wire/apply.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/paths.hpp"

namespace taskman::service {
namespace {

using model::ChangeType;
using Item = wire::Frame::Item;

constexpr std::int64_t kSeen = 100;  // changes of a task, the newest first

std::optional<model::Status> status_set(const Item& item) {
  const auto status = std::ranges::find(item.set, "status", &wire::Members::value_type::first);
  if (status == item.set.end()) return std::nullopt;
  return model::find_status(wire::value_text(status->second));
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

// Most entries are told apart by their types: then nothing is decoded.
template <typename Accept>
bool all_deeds(const model::LogEntry& entry, const Accept& accept) {
  const auto refs = wire::decode_change_refs(entry);
  const bool can_be = std::ranges::all_of(refs, [](const wire::ChangeRef& ref) {
    return ref.type == ChangeType::kTaskUpdated || is_derived(ref.type);
  });
  if (!can_be) return false;
  const auto items = wire::decode_changes(entry);
  return std::ranges::all_of(items, [&](const Item& item) {
    return is_derived(item.type) || accept(lease_deed(item, entry.origin));
  });
}

}  // namespace

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

bool has_run_out(store::ReadTx& tx, const model::LogEntry& entry) {
  if (!all_deeds(entry, [](LeaseDeed deed) { return deed == LeaseDeed::kClaimed; })) return false;
  return std::ranges::all_of(wire::decode_changes(entry), [&](const Item& item) {
    if (is_derived(item.type)) return true;
    const auto later = tx.log_of_task(model::TaskId{std::get<std::int64_t>(item.id)}, kSeen);
    return std::ranges::any_of(later, [&](const model::LogEntry& each) {
      return each.origin == wire::kLeaseOrigin && each.cursor.rev > entry.cursor.rev;
    });
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
