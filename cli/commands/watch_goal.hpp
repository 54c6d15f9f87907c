#pragma once
// --until: what has to be true of all watched tasks for `taskman watch` to end.

#include <string>

#include "cli/session/session.hpp"
#include "common/model/changeset.hpp"

namespace taskman::cli {

/// Asked of the daemon after every change, because a change alone does not tell it of all tasks.
/// One thread.
class Goal {
 public:
  struct Watched {
    std::string filter;     ///< the tasks; empty: all
    std::size_t named = 0;  ///< how many were named one by one; 0: none were
  };
  /// Throws kInvalidValue when `wanted` is no filter.
  Goal(Session& session, Watched watched, const std::string& wanted);

  /// Something changed, or may have.
  void look_again() { is_due_ = true; }
  /// There was no answer: it is worth asking again without a change.
  bool is_due() const { return is_due_; }
  /// Asks `api`, when there is reason to. Throws kImpossible once a task that was named is gone.
  bool is_reached(client::Api& api);
  /// Whether nothing is watched, of which anything is true.
  bool is_of_nothing(client::Api& api) {
    return watched_.named == 0 && count(api, watched_.filter) == 0;
  }
  /// The state of the last answer: what comes after it may change it.
  const std::optional<model::Cursor>& cursor() const { return cursor_; }

 private:
  std::int64_t count(client::Api& api, const std::string& filter);

  Session& session_;
  const Watched watched_;
  const std::string unmet_;  ///< the filter of the tasks of which it is not true
  std::optional<model::Cursor> cursor_;
  bool is_due_ = true;
};

}  // namespace taskman::cli
