#pragma once
// What may happen to a task's status, and what changes with it. Pure; thread-safe.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "common/model/task.hpp"
#include "common/util/instant.hpp"

namespace taskman::domain {

enum class Verb { kStart, kBlock, kReview, kDone, kDrop, kReopen };

/// A verb as CLI and API name it, and where it leads.
struct VerbWord {
  Verb verb;
  std::string_view name;
  model::Status target;
};

/// In the order of the enumerators.
std::span<const VerbWord> verb_words();
std::string_view name(Verb verb);
model::Status target_of(Verb verb);
std::optional<Verb> find_verb(std::string_view word);

struct Move {
  Verb verb = Verb::kDone;
  std::optional<std::string> reason;  ///< kBlock only
};

/// The task after the move. Equal to `task` when it is there already (done on done, reopen on open;
/// block on blocked with no reason or the same one). Throws kConflict, hint reopen, for every other
/// verb on a closed task. The caller keeps version and updated_at.
model::Task moved(const model::Task& task, const Move& move, util::Instant now);

/// Whether an edit may take a task from one status to the other: as the verbs, where todo from a
/// closed status is a reopen. Throws kConflict.
void check_transition(const model::Task& task, model::Status to);

/// The task in status `to` whatever it was before (import knows better), with what goes with it:
/// started_at at the first in_progress; closed_at and the end of a lease at done and dropped;
/// closed_at cleared when it opens again; blocked_reason cleared when it is not blocked.
model::Task with_status(const model::Task& task, model::Status to, util::Instant now);

/// Open, not blocked by hand, and nothing open that it waits for.
bool is_ready(const model::Task& task, std::size_t open_blockers);

}  // namespace taskman::domain
