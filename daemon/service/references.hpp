#pragma once
// What a write names must be there. Refusals name the value and the way out.

#include <string>

#include "common/error/error.hpp"
#include "common/model/task.hpp"
#include "daemon/service/work.hpp"
#include "daemon/store/store.hpp"

namespace taskman::service {

/// Checks what `after` names and `before` (null: a new task) did not: project, sprint, parent,
/// blockers, external id. Throws kInvalidValue for what is not there, kCycle, kConflict for an
/// ended sprint or a taken external id.
void check_references(Work& work, const model::Task& after, const model::Task* before);

/// Throws `code`: the nearest key and how to create it as the hint.
[[noreturn]] void refuse_unknown_project(store::ReadTx& tx, const std::string& key,
                                         error::Code code);

/// Throws kInvalidValue when there is no such project.
void check_project(store::ReadTx& tx, const std::string& key);

/// Throws kInvalidValue, with the nearest name, for a time zone this machine does not know.
void check_zone(const std::string& name);

}  // namespace taskman::service
