#pragma once
// Which sprint a word means: its id, its name, or current, next, prev.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/error/error.hpp"
#include "common/model/sprint.hpp"
#include "daemon/store/store.hpp"

namespace taskman::service {

struct SprintQuestion {
  std::string word;
  /// Whose sprint `current` is. None: of all projects, as long as there is only one such sprint. A
  /// project without such a sprint falls back on the sprints of no project.
  std::optional<std::string> project;
  /// What an unknown word is: kNotFound in a path, kInvalidValue in a body.
  error::Code missing = error::Code::kNotFound;
};

/// Throws question.missing with the nearest name as a hint; kInvalidValue, listing them, when
/// several fit.
model::Sprint find_sprint(store::ReadTx& tx, const SprintQuestion& question);

/// Every sprint a word of a filter means, of all projects: `sprint:current` is what is active
/// anywhere, so possibly none. An unknown name is kInvalidValue.
std::vector<model::SprintId> sprints_named(store::ReadTx& tx, const std::string& word);

}  // namespace taskman::service
