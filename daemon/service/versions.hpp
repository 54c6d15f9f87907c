#pragma once
// A lost race is told with what the other side changed.

#include "daemon/service/work.hpp"

namespace taskman::service {

/// Throws kStaleVersion when the caller saw another version: both versions, and of a task the
/// fields that changed since. Nothing when the caller named none.
void check_version(Work& work, const model::Task& task);
void check_version(Work& work, const model::Sprint& sprint);
void check_version(Work& work, const model::Project& project);

}  // namespace taskman::service
