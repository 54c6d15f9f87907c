#pragma once

#include <cstdint>

#include "common/wire/undo.hpp"
#include "daemon/service/service.hpp"

namespace taskman::service {

/// Taking back what was done, as one changeset that is the inverse of another. Owned by the
/// composition root; thread-safe.
class History {
 public:
  explicit History(const Base& base) : base_(base) {}

  /// Kind `undo`. Without a revision the caller's newest change that is in force, or with `redo`
  /// the caller's newest undo; what nothing is left of, such as a claim that ran out, is passed
  /// over. Throws kNothing when there is none, or nothing is left of it; kNotFound for a revision
  /// the log does not have (yet, any more); kConflict when it was taken back already, when later
  /// changes touched the same fields or what the result rests on, when the result would break a
  /// rule, when no revision is given and the caller's last command was one that the log does not
  /// tell of.
  Answer undo(const WriteRequest& request, const wire::UndoCommand& command) const;

  /// Kind `undo.list`: the caller's newest commands, at most `limit`, and what of them can be taken
  /// back.
  Reading list(const Caller& caller, std::int64_t limit) const;

 private:
  const Base base_;
};

}  // namespace taskman::service
