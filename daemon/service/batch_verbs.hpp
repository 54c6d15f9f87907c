#pragma once
// THE table of verbs that a batch knows: every command that changes something, under its name on
// the command line.

#include <span>
#include <string_view>

#include "common/wire/batch.hpp"
#include "daemon/service/work.hpp"

namespace taskman::service {

/// What a verb has to work with. References outlive the call.
struct BatchStep {
  Work& work;
  const Base& base;
  const wire::BatchLine& line;
};

struct BatchVerb {
  enum class Acts { kMakes, kOnExisting };

  std::string_view name;  ///< `task done`
  Acts acts = Acts::kOnExisting;
  /// Gives the id of what it made or acted on.
  model::EntityId (*run)(const BatchStep& step) = nullptr;
  std::string_view shorthand = {};  ///< `done`
};

std::span<const BatchVerb> batch_verbs();

/// By its name or its shorthand. Throws kInvalidValue, with the nearest one or all of them as a
/// hint.
const BatchVerb& batch_verb(std::string_view name);

}  // namespace taskman::service
