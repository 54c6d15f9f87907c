#pragma once
// What a write does to one sprint, for single commands and for batches. Each gives the sprint as it
// is afterwards, a removed one as it was.

#include "common/wire/commands.hpp"
#include "daemon/service/sprints.hpp"
#include "daemon/service/work.hpp"

namespace taskman::service {

/// The sprint a write names. Throws kInvalidValue when the caller saw a version, and no more, of
/// what current, next or prev meant: each sprint has such a version.
model::Sprint sprint_to_change(Work& work, const SprintName& name);

model::Sprint create_sprint(Work& work, const model::SprintFields& fields);
/// Leaves a notice when nothing differs, as all of these.
model::Sprint edit_sprint(Work& work, const SprintName& name, const model::SprintPatch& patch);
model::Sprint start_sprint(Work& work, const Base& base, const SprintName& name);
model::Sprint close_sprint(Work& work, const Base& base, const SprintName& name,
                           const wire::CloseCommand& command);
/// Leaves a notice about the open tasks that stay in it.
model::Sprint cancel_sprint(Work& work, const Base& base, const SprintName& name);
model::Sprint remove_sprint(Work& work, const Base& base, const SprintName& name,
                            Leftovers leftovers);

}  // namespace taskman::service
