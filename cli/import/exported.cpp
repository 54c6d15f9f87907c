#include "cli/import/exported.hpp"

#include <algorithm>

#include "cli/import/values.hpp"
#include "common/wire/entities.hpp"

namespace taskman::transfer {
namespace {

void read_line(Exported& exported, std::string_view line) {
  const auto kind = as_string("kind", member(as_record(line), "kind"));
  if (kind == "task") exported.tasks.push_back(wire::decode_task(line));
  if (kind == "comment") {
    auto comment = wire::decode_comment(line);
    exported.comments[comment.task].push_back(std::move(comment));
  }
  if (kind == "sprint") {
    auto sprint = wire::decode_sprint(line);
    exported.sprint_names[sprint.id] = std::move(sprint.name);
  }
  if (kind == "project") {
    auto project = wire::decode_project(line);
    exported.project_names[project.key] = std::move(project.name);
  }
}

}  // namespace

std::string Exported::sprint_of(const model::Task& task) const {
  const auto found = task.sprint ? sprint_names.find(*task.sprint) : sprint_names.end();
  return found == sprint_names.end() ? std::string() : found->second;
}

Exported read_export(std::string_view ndjson) {
  Exported exported;
  while (!ndjson.empty()) {
    const auto end = std::min(ndjson.find('\n'), ndjson.size());
    if (end > 0) read_line(exported, ndjson.substr(0, end));
    ndjson.remove_prefix(std::min(end + 1, ndjson.size()));
  }
  return exported;
}

}  // namespace taskman::transfer
