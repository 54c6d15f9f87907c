#pragma once

#include <optional>
#include <vector>

#include "daemon/domain/dependencies.hpp"

namespace taskman::service {

/// One circle among what can be reached from `starts`, as the tasks on it; none when there is none.
/// Each task is visited once, so a whole import is checked in one pass.
std::optional<std::vector<model::TaskId>> find_circle(const std::vector<model::TaskId>& starts,
                                                      const domain::Neighbours& neighbours);

}  // namespace taskman::service
