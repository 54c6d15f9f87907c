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

/// The sprint of a request's path: the same, and a project that is not there is kInvalidValue when
/// it decides what the word means.
model::Sprint find_sprint_of(store::ReadTx& tx, const std::string& word,
                             const std::optional<std::string>& project);

/// Every sprint a word of a filter means. Without a project those of all projects: `sprint:current`
/// is what is active anywhere. With one it is what find_sprint() gives. A relative word may mean
/// none; throws question.missing for an unknown name.
std::vector<model::SprintId> sprints_named(store::ReadTx& tx, const SprintQuestion& question);

/// Whether `word` is current, next or prev: one sprint now and another later.
bool is_relative(std::string_view word);

/// `no sprint is active`, when `word` is current, next or prev; else nothing.
std::optional<std::string> absence_of(std::string_view word,
                                      const std::optional<std::string>& project);

}  // namespace taskman::service
