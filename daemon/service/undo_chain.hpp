#pragma once
// Which revisions took back which. An undo can be taken back itself (a redo), and that again: each
// link takes back the one before it, so what was done is in force while their number is odd.

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "common/util/instant.hpp"
#include "daemon/store/store.hpp"

namespace taskman::service {

/// Whether a changeset does what was done, or takes it away.
enum class Sense { kDoes, kUndoes };

/// The chain a revision is part of, and where in it.
struct UndoChain {
  std::int64_t original = 0;      ///< the change that all others take away or bring back
  Sense sense = Sense::kDoes;     ///< of the revision that was asked for
  std::int64_t last = 0;          ///< what is to be taken back when something is
  Sense in_force = Sense::kDoes;  ///< of `last`
  /// The revision that took the one that was asked for back, while it is in force.
  std::optional<std::int64_t> taken_back_by() const {
    return sense == in_force ? std::nullopt : std::optional(last);
  }
};
UndoChain chain_of(store::ReadTx& tx, std::int64_t rev);

/// Whether what `rev` changed still counts for someone who looks at all changes after `since`:
/// not when it was taken back, nor when it took back one of them.
bool counts_after(store::ReadTx& tx, std::int64_t rev, std::int64_t since);

/// Whose commands are looked for.
struct Asked {
  std::string_view actor;
  util::Instant now;
  /// Nothing is left of what would be taken back: it is passed over.
  std::function<bool(const UndoChain&)> is_idle;
};

/// Somebody meant it by itself, and it is not spent at `now` (lease_deeds.hpp), but for what was
/// taken back; an undo always is.
bool is_command(store::ReadTx& tx, std::int64_t rev, util::Instant now);

/// Whether the actor gave a command after revision `rev`, of which something is left or that was
/// taken back.
bool has_command_after(store::ReadTx& tx, const Asked& asked, std::int64_t rev);

/// The newest command of the actor with this sense that is in force, and of which something is
/// left; none among the newest kUndoReach revisions of the log.
std::optional<std::int64_t> newest_in_force(store::ReadTx& tx, const Asked& asked, Sense sense);
inline constexpr std::int64_t kUndoReach = 20'000;

}  // namespace taskman::service
