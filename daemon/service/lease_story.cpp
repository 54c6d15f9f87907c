#include "daemon/service/lease_story.hpp"

#include <algorithm>
#include <optional>

#include "common/wire/apply.hpp"
#include "daemon/service/lease_deeds.hpp"

namespace taskman::service {
namespace {

using model::ChangeType;
using Item = wire::Frame::Item;

bool closes(const Item& item) {
  const auto status = status_set(item);
  return item.type == ChangeType::kTaskDeleted || (status && !model::is_open(*status));
}

bool opens(const Item& item) {
  const auto status = status_set(item);
  return item.type == ChangeType::kTaskCreated || (status && model::is_open(*status));
}

// The token under which a lease was held that an undo brought back under its own.
std::optional<std::int64_t> token_before(store::ReadTx& tx, const model::LogEntry& entry,
                                         const Item& item) {
  const auto target = tx.undo_target(entry.cursor.rev);
  const auto undone = target ? find_entry(tx, *target) : std::nullopt;
  if (!undone) return std::nullopt;
  for (const Item& each : wire::decode_changes(*undone)) {
    const auto lease = wire::lease_before(each);
    if (each.id == item.id && lease) return lease->token;
  }
  return std::nullopt;
}

}  // namespace

std::int64_t LeaseStory::first_token(std::int64_t token) const {
  const auto found = first_.find(token);
  return found == first_.end() ? token : found->second;
}

bool LeaseStory::is_over(std::int64_t token) const {
  const auto found = fates_.find(first_token(token));
  return found != fates_.end() && found->second == Fate::kOver;
}

void LeaseStory::give(store::ReadTx& tx, const model::LogEntry& entry, const Item& item) {
  const std::int64_t token = wire::lease_of(item).value().token;
  if (token == entry.cursor.rev) {
    if (const auto before = token_before(tx, entry, item)) first_[token] = first_token(*before);
  }
  if (const auto before = wire::lease_before(item))
    fates_[first_token(before->token)] = Fate::kOver;
  fates_[first_token(token)] = Fate::kHeld;
}

void LeaseStory::add(store::ReadTx& tx, const model::LogEntry& entry, const Item& item) {
  if (wire::lease_of(item)) return give(tx, entry, item);
  if (const auto before = wire::lease_before(item)) {
    fates_[first_token(before->token)] = closes(item) ? Fate::kClosed : Fate::kOver;
  } else if (opens(item)) {
    // It is there again, and its lease did not come back.
    for (auto& [token, fate] : fates_) {
      if (fate == Fate::kClosed) fate = Fate::kOver;
    }
  }
}

}  // namespace taskman::service
