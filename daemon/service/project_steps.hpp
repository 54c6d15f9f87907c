#pragma once
// What a write does to one project, for single commands and for batches. Each gives the project as
// it is afterwards, a removed one as it was.

#include <string>

#include "daemon/service/projects.hpp"
#include "daemon/service/work.hpp"

namespace taskman::service {

model::Project create_project(Work& work, const model::Project& project);
/// Leaves a notice when nothing differs.
model::Project edit_project(Work& work, const std::string& key, const model::ProjectPatch& patch);
model::Project remove_project(Work& work, const Base& base, const std::string& key,
                              Leftovers leftovers);

}  // namespace taskman::service
