#pragma once
// What a write does to one task, for single commands and for bulk.

#include <optional>
#include <string>

#include "common/wire/commands.hpp"
#include "daemon/domain/lifecycle.hpp"
#include "daemon/service/work.hpp"

namespace taskman::service {

/// `@me` becomes the caller.
void name_me(const Work& work, std::optional<std::string>& person);

model::TaskId create_task(Work& work, const wire::NewTask& task);
/// Leaves a notice when nothing differs.
void edit_task(Work& work, model::TaskId id, const wire::TaskEdit& edit);
/// Throws kInvalidValue for a reason of anything but block.
domain::Move move_with(domain::Verb verb, const std::optional<std::string>& reason);
/// Leaves a notice when the task is there already.
void move_task(Work& work, model::TaskId id, const domain::Move& move);
/// The task as it was.
model::Task remove_task(Work& work, model::TaskId id);
model::Comment comment_task(Work& work, model::TaskId id, const std::string& text);

}  // namespace taskman::service
