#pragma once
// Writes about tasks, their edges and their comments, inside the connection's transaction.

#include "common/model/task.hpp"
#include "daemon/store/sqlite/connection.hpp"
#include "daemon/store/sqlite/task_columns.hpp"

namespace taskman::store::sqlite {

/// The new row under its new id. Throws kConflict for a taken external id or a reference that is
/// not there.
TaskRow insert_task(Connection& connection, const model::Task& task);

/// Writes what differs between `before` and `task`; gives the row as it is now.
TaskRow update_task(Connection& connection, const TaskRow& before, const model::Task& task);

void delete_task(Connection& connection, const TaskRow& row);

model::CommentId insert_comment(Connection& connection, const model::Comment& comment);
/// Throws kNotFound.
void delete_comment(Connection& connection, model::CommentId id);

}  // namespace taskman::store::sqlite
