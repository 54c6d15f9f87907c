#pragma once

#include <optional>
#include <string>

#include "common/model/sprint.hpp"
#include "common/wire/commands.hpp"
#include "daemon/service/service.hpp"

namespace taskman::service {

/// A sprint as a caller names it: id, name, current, next, prev; of a project, or of the only one
/// that fits.
struct SprintName {
  std::string word;
  std::optional<std::string> project;
};

struct SprintListRequest {
  std::optional<std::string> project;  ///< a key
  std::optional<std::string> state;    ///< planned, active, …
};

/// What happens to the tasks of a sprint or a project that goes.
enum class Leftovers {
  kRefuse,  ///< kConflict with their number
  kDetach,  ///< they stay, without it
};

/// Sprints and their progress. Owned by the composition root; thread-safe. Everything that takes a
/// name throws kNotFound for an unknown one and kInvalidValue for an ambiguous one.
class Sprints {
 public:
  explicit Sprints(const Base& base) : base_(base) {}

  Reading list(const SprintListRequest& request) const;
  Reading get(const SprintName& name) const;
  /// Kind `sprint.progress`: the sprint, its progress, the days that are left.
  Reading progress(const SprintName& name) const;

  Answer create(const WriteRequest& request, const model::SprintFields& fields) const;
  Answer edit(const WriteRequest& request, const SprintName& name,
              const model::SprintPatch& patch) const;
  /// Freezes the committed scope. Throws kConflict when another sprint of the project is active.
  Answer start(const WriteRequest& request, const SprintName& name) const;
  /// Freezes the report. Throws kConflict when open tasks remain and `carry` does not say where
  /// they go; a dry run gives the report all the same.
  Answer close(const WriteRequest& request, const SprintName& name,
               const wire::CloseCommand& command) const;
  Answer cancel(const WriteRequest& request, const SprintName& name) const;
  /// Answers the sprint as it was.
  Answer remove(const WriteRequest& request, const SprintName& name, Leftovers leftovers) const;

 private:
  const Base base_;
};

}  // namespace taskman::service
