#pragma once
// What stands in the way of an undo: each obstacle with its thing and field, who did it and in
// which revision, and the way out.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "common/error/error.hpp"
#include "daemon/service/later_changes.hpp"
#include "daemon/store/store.hpp"

namespace taskman::service {

/// A change of one of these fields, or that the thing came or went, made it so.
struct Cause {
  Thing thing;
  std::vector<std::string_view> fields;
};

/// One thread.
class Obstacles {
 public:
  /// `name` is what error::Field is called by; who made it so is found by explain().
  void add(std::string name, std::string message, std::vector<Cause> causes = {});
  /// A later change is the obstacle; `why` is told behind who did what.
  void add(const Thing& thing, std::string_view field, const LaterChange& change,
           std::string_view why = {});
  /// The way out, of the first one that has one. Without one it is to take back the newest change.
  void hint(std::string text) {
    if (hint_.empty()) hint_ = std::move(text);
  }
  bool empty() const { return found_.empty(); }

  /// Looks up the causes in the log after `rev`.
  void explain(store::ReadTx& tx, std::int64_t rev);
  /// Throws kConflict: `intent` unless it is empty, the first obstacle, how many more there are.
  [[noreturn]] void refuse(const std::string& intent) const;

 private:
  struct Found {
    error::Field field;
    std::vector<Cause> causes;
  };
  void note(const LaterChange& change);
  std::string way_out() const;

  std::vector<Found> found_;
  std::string hint_;
  std::set<std::int64_t> revisions_;   ///< in the way
  std::optional<LaterChange> newest_;  ///< of them
};

}  // namespace taskman::service
