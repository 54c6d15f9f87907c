#pragma once
// What taking a changeset back comes to: every thing it touched as it is now and as it will be,
// derived from its entry of the log alone. Nothing is written while it is worked out.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/error/error.hpp"
#include "common/model/changeset.hpp"
#include "common/model/sprint.hpp"
#include "common/model/task.hpp"
#include "daemon/service/service.hpp"
#include "daemon/service/work.hpp"
#include "daemon/store/store.hpp"

namespace taskman::service {

/// None: it is not there.
template <typename T>
struct InverseStep {
  std::optional<T> now;
  std::optional<T> then;
};

/// What stands in the way, each with the thing and the field.
class Obstacles {
 public:
  void add(std::string name, std::string message) {
    found_.push_back({std::move(name), std::move(message)});
  }
  /// The way out, of the first one that has one.
  void hint(std::string text) {
    if (hint_.empty()) hint_ = std::move(text);
  }
  bool empty() const { return found_.empty(); }
  /// Throws kConflict: `intent` unless it is empty, the first obstacle, how many more there are.
  [[noreturn]] void refuse(const std::string& intent) const;

 private:
  std::vector<error::Field> found_;
  std::string hint_;
};

struct Inverse {
  util::Instant made_at;  ///< when that was done which is taken back
  std::map<model::TaskId, InverseStep<model::Task>> tasks;
  std::map<model::SprintId, InverseStep<model::Sprint>> sprints;
  std::map<std::string, InverseStep<model::Project>> projects;
  std::vector<model::Comment> comments_back;
  std::vector<model::Comment> comments_gone;
};

/// The entry, what it is called in a refusal (`cannot undo revision 17`), and the time it is now.
struct InverseOf {
  const model::LogEntry& entry;
  std::string intent;
  util::Instant now;
};

/// Throws kConflict when a later change touched the same fields, or what was made is in use, or the
/// result would break a rule.
Inverse inverse_of(store::ReadTx& tx, const Base& base, const InverseOf& request);

/// What the result would break: references, circles, names, the one active sprint, values.
void check_result(store::ReadTx& tx, const Base& base, const Inverse& inverse,
                  Obstacles& obstacles);

/// Writes it; false when there is nothing to write.
bool write_inverse(Work& work, const Inverse& inverse);

}  // namespace taskman::service
