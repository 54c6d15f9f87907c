#include "daemon/service/answers.hpp"

#include "common/wire/entities.hpp"

namespace taskman::service {

wire::Envelope task_answer(const model::Task& task) {
  return {.kind = "task", .data = wire::encode(task)};
}

wire::Envelope task_answer(Work& work, model::TaskId id) {
  work.settle();
  return task_answer(work.task(id));
}

wire::Envelope task_list_answer(const std::vector<model::Task>& tasks) {
  std::string data = "[";
  for (const auto& task : tasks) {
    if (data.size() > 1) data += ',';
    wire::append(data, task);
  }
  data += ']';
  const auto count = static_cast<std::int64_t>(tasks.size());
  return {.kind = "task.list",
          .data = std::move(data),
          .page = wire::PageInfo{.returned = count, .total = count}};
}

wire::Envelope sprint_answer(const model::Sprint& sprint) {
  return {.kind = "sprint", .data = wire::encode(sprint)};
}

wire::Envelope project_answer(const model::Project& project) {
  return {.kind = "project", .data = wire::encode(project)};
}

wire::Envelope list_answer(std::string kind, const std::vector<std::string>& items) {
  const auto count = static_cast<std::int64_t>(items.size());
  return {.kind = std::move(kind),
          .data = wire::array_of(items),
          .page = wire::PageInfo{.returned = count, .total = count}};
}

Reading reading(wire::Envelope envelope, const model::Cursor& cursor) {
  envelope.cursor = cursor;
  return {.body = wire::encode(envelope), .cursor = cursor};
}

}  // namespace taskman::service
