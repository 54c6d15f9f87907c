#include "daemon/service/versions.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "common/error/error.hpp"
#include "common/wire/log.hpp"

namespace taskman::service {
namespace {

using error::Code;
using error::Error;

constexpr std::int64_t kLogLooked = 200;  // entries: an older difference is told without its fields

// Which fields of the task changed after `version`, each with who did it last.
std::map<std::string, std::string> fields_since(store::ReadTx& tx, model::TaskId id,
                                                std::int64_t version) {
  std::map<std::string, std::string> fields;
  for (const auto& entry : tx.log_of_task(id, kLogLooked)) {
    const auto frame = wire::decode_frame(wire::encode_frame(entry, entry.cursor.rev - 1));
    for (const auto& item : frame.changes) {
      if (item.id != model::EntityId(id.value) || item.version.value_or(0) <= version) continue;
      for (const auto& [field, value] : item.set) fields.try_emplace(field, entry.actor);
    }
  }
  return fields;
}

[[noreturn]] void refuse(const std::string& thing, std::int64_t current, std::int64_t seen,
                         std::vector<error::Field> fields) {
  std::string names;
  for (const auto& field : fields) names += (names.empty() ? ": " : ", ") + field.name;
  const std::string message = fmt::format("{} is at version {}, not {}", thing, current, seen);
  throw Error(Code::kStaleVersion, message,
              names.empty() ? "read it again and repeat the change" : "changed since" + names,
              std::move(fields));
}

bool is_stale(Work& work, std::int64_t version) {
  return work.request().if_match && *work.request().if_match != version;
}

}  // namespace

void check_version(Work& work, const model::Task& task) {
  if (!is_stale(work, task.version)) return;
  const std::int64_t seen = *work.request().if_match;
  std::vector<error::Field> fields;
  for (const auto& [name, actor] : fields_since(work.tx(), task.id, seen)) {
    fields.push_back({name, "changed by " + actor});
  }
  refuse(fmt::format("task {}", task.id.value), task.version, seen, std::move(fields));
}

void check_version(Work& work, const model::Sprint& sprint) {
  if (!is_stale(work, sprint.version)) return;
  refuse(fmt::format("sprint '{}'", sprint.name), sprint.version, *work.request().if_match, {});
}

void check_version(Work& work, const model::Project& project) {
  if (!is_stale(work, project.version)) return;
  refuse(fmt::format("project '{}'", project.key), project.version, *work.request().if_match, {});
}

}  // namespace taskman::service
