#pragma once
// What became of a task under a claim, as the log tells it.

#include <cstdint>
#include <optional>
#include <string>

#include "cli/client/api.hpp"
#include "common/model/task.hpp"

namespace taskman::cli {

struct Deed {
  std::string actor;
  std::optional<model::Status> status;  ///< that it set
  std::string text;                     ///< `released by bob`
};

/// The change that ended the lease with this token; while it lasts, the last that set the task's
/// status under it. None when there is none, or the log has lost it.
std::optional<Deed> find_deed(client::Api& api, model::TaskId id, std::int64_t token);

}  // namespace taskman::cli
