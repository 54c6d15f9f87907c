#pragma once
// What taking a changeset back comes to: every thing it touched as it is now and as it will be,
// derived from its entry of the log alone. Nothing is written while it is worked out.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/model/changeset.hpp"
#include "common/model/sprint.hpp"
#include "common/model/task.hpp"
#include "daemon/service/obstacles.hpp"
#include "daemon/service/service.hpp"
#include "daemon/service/undo_chain.hpp"
#include "daemon/service/work.hpp"
#include "daemon/store/store.hpp"

namespace taskman::service {

/// None: it is not there.
template <typename T>
struct InverseStep {
  std::optional<T> now;
  std::optional<T> then;
};

struct Inverse {
  util::Instant made_at;  ///< when that was done which is taken back
  std::map<model::TaskId, InverseStep<model::Task>> tasks;
  std::map<model::SprintId, InverseStep<model::Sprint>> sprints;
  std::map<std::string, InverseStep<model::Project>> projects;
  std::vector<model::Comment> comments_back;
  std::vector<model::Comment> comments_gone;
};

/// The entry, whether it does or undoes, what taking it back is called in a refusal (`cannot undo
/// revision 17`), and the time it is now.
struct InverseOf {
  const model::LogEntry& entry;
  Sense sense = Sense::kDoes;
  std::string intent;
  util::Instant now;
};

/// Throws kConflict when a later change touched the same fields or what the result rests on, or
/// what was made is in use, or the result would break a rule.
Inverse inverse_of(store::ReadTx& tx, const Base& base, const InverseOf& request);

/// Whether the result differs from what there is.
bool changes_anything(const Inverse& inverse);

/// What a sprint that would be started or closed once more, by a redo, rests on: it says what was
/// in it then, so its tasks must be as they were.
void check_members(store::ReadTx& tx, const InverseOf& request, const Inverse& inverse,
                   Obstacles& obstacles);

/// What the result would break: references, circles, names, the one active sprint, values.
void check_result(store::ReadTx& tx, const Base& base, const Inverse& inverse,
                  Obstacles& obstacles);

/// Writes it; false when there is nothing to write.
bool write_inverse(Work& work, const Inverse& inverse);

}  // namespace taskman::service
