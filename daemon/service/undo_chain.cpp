#include "daemon/service/undo_chain.hpp"

#include <algorithm>

#include "daemon/service/lease_deeds.hpp"

namespace taskman::service {
namespace {

Sense other(Sense sense) { return sense == Sense::kDoes ? Sense::kUndoes : Sense::kDoes; }

constexpr std::int64_t kPiece = 500;  // revisions: mostly the newest of all is what is wanted

}  // namespace

UndoChain chain_of(store::ReadTx& tx, std::int64_t rev) {
  UndoChain chain{.original = rev, .last = rev};
  while (const auto target = tx.undo_target(chain.original)) {
    chain.original = *target;
    chain.sense = other(chain.sense);
  }
  chain.in_force = chain.sense;
  while (const auto undo = tx.undo_of(chain.last)) {
    chain.last = *undo;
    chain.in_force = other(chain.in_force);
  }
  return chain;
}

bool counts_after(store::ReadTx& tx, std::int64_t rev, std::int64_t since) {
  if (chain_of(tx, rev).taken_back_by()) return false;
  return tx.undo_target(rev).value_or(since) <= since;
}

bool is_command(store::ReadTx& tx, std::int64_t rev, util::Instant now) {
  if (tx.undo_target(rev)) return true;
  const auto entry = find_entry(tx, rev);
  if (!entry || !is_command(*entry)) return false;
  return tx.undo_of(rev) || !is_spent(tx, *entry, now);
}

bool has_command_after(store::ReadTx& tx, const Asked& asked, std::int64_t rev) {
  const auto revisions = tx.revisions_by(asked.actor, rev + 1, tx.log_range().head.rev + 1);
  return std::ranges::any_of(revisions, [&](std::int64_t each) {
    if (!is_command(tx, each, asked.now)) return false;
    const UndoChain chain = chain_of(tx, each);
    return chain.original != each || chain.taken_back_by() || !asked.is_idle(chain);
  });
}

std::optional<std::int64_t> newest_in_force(store::ReadTx& tx, const Asked& asked, Sense sense) {
  const store::LogRange range = tx.log_range();
  const std::int64_t lowest = std::max(range.oldest + 1, range.head.rev - kUndoReach);
  for (std::int64_t to = range.head.rev + 1; to > lowest; to -= kPiece) {
    for (const std::int64_t rev : tx.revisions_by(asked.actor, std::max(lowest, to - kPiece), to)) {
      const UndoChain chain = chain_of(tx, rev);
      if (chain.sense != sense || chain.in_force != sense) continue;
      if (is_command(tx, rev, asked.now) && !asked.is_idle(chain)) return rev;
    }
  }
  return std::nullopt;
}

}  // namespace taskman::service
