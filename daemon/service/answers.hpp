#pragma once
// Envelopes of things, as reads and writes answer them.

#include <string>
#include <vector>

#include "common/model/page.hpp"
#include "common/wire/envelope.hpp"
#include "daemon/service/service.hpp"
#include "daemon/service/work.hpp"

namespace taskman::service {

/// Kind `task`: as it stands at the end of the write.
wire::Envelope task_answer(Work& work, model::TaskId id);
wire::Envelope task_answer(const model::Task& task);
/// Kind `task.list`: all of one command.
wire::Envelope task_list_answer(const std::vector<model::Task>& tasks);
wire::Envelope sprint_answer(const model::Sprint& sprint);
wire::Envelope project_answer(const model::Project& project);

/// A list that is never paged: `items` are JSON texts.
wire::Envelope list_answer(std::string kind, const std::vector<std::string>& items);

/// Completes a read: the envelope with the cursor it was read at.
Reading reading(wire::Envelope envelope, const model::Cursor& cursor);

}  // namespace taskman::service
