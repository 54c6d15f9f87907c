#pragma once
// The tasks of a sprint or a project.

#include <string>
#include <vector>

#include "common/model/task.hpp"
#include "daemon/service/service.hpp"
#include "daemon/store/store.hpp"

namespace taskman::service {

/// By id.
std::vector<model::Task> tasks_in(store::ReadTx& tx, const Base& base, model::SprintId sprint);
std::vector<model::Task> tasks_in(store::ReadTx& tx, const Base& base, const std::string& project);

}  // namespace taskman::service
