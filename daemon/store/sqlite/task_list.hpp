#pragma once
// Lists of tasks: filtered, sorted, by page.

#include "common/model/page.hpp"
#include "common/model/task.hpp"
#include "daemon/store/sqlite/connection.hpp"
#include "daemon/store/store.hpp"

namespace taskman::store::sqlite {

model::Page<model::Task> list_tasks(Connection& connection, const TaskQuery& query);

}  // namespace taskman::store::sqlite
