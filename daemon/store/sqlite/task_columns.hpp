#pragma once
// The one table of a task's columns: how each is written, read, and seen to differ.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "common/model/task.hpp"
#include "daemon/store/sqlite/statement.hpp"

namespace taskman::store::sqlite {

struct TaskColumn {
  std::string_view name;
  void (*write)(Query& query, const model::Task& task);
  void (*read)(const Query& query, int column, model::Task& task);
  bool (*differs)(const model::Task& a, const model::Task& b);
};

/// In the order of task_select(); `id` and `open_blockers` are not among them. At most 32.
std::span<const TaskColumn> task_columns();

/// A task as its row holds it.
struct TaskRow {
  model::Task task;
  std::int64_t open_blockers = 0;
};

/// `id, open_blockers, title, …` for a SELECT whose rows read_task takes.
const std::string& task_select();
TaskRow read_task(const Query& query);

/// What the row's facts say.
bool is_ready(const TaskRow& row);

}  // namespace taskman::store::sqlite
