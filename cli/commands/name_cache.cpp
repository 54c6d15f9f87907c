#include "cli/commands/name_cache.hpp"

#include <optional>
#include <utility>
#include <variant>

#include "common/error/error.hpp"
#include "common/wire/entities.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

using error::Code;

struct Found {
  std::string data;
  bool is_final = false;  ///< asking again would tell the same
};

Found find(client::Api& api, std::string path) {
  try {
    return {api.get(std::move(path)).data, true};
  } catch (const error::Error& failure) {
    if (failure.code() == Code::kNotFound) return {{}, true};
    if (error::row(failure.code()).retryable) return {};
    throw;
  }
}

template <typename Id, typename Name>
std::string look_up(std::map<Id, std::string>& known, Id id, Found found, Name name_of) {
  const std::string name = found.data.empty() ? std::string() : name_of(found.data);
  if (found.is_final) known[id] = name;
  return name;
}

}  // namespace

std::string NameCache::task(model::TaskId id) {
  if (const auto known = tasks_.find(id); known != tasks_.end()) return known->second;
  return look_up(tasks_, id, find(api_, wire::task_path(id)),
                 [](const std::string& data) { return wire::decode_task(data).title; });
}

std::string NameCache::sprint(model::SprintId id) {
  if (const auto known = sprints_.find(id); known != sprints_.end()) return known->second;
  return look_up(sprints_, id, find(api_, wire::sprint_path(std::to_string(id.value))),
                 [](const std::string& data) { return wire::decode_sprint(data).name; });
}

void NameCache::learn(const wire::Frame& frame) {
  for (const auto& item : frame.changes) {
    const auto* number = std::get_if<std::int64_t>(&item.id);
    if (number == nullptr) continue;
    for (const auto& [field, json] : item.set) {
      if (field == "title") tasks_[model::TaskId{*number}] = wire::value_text(json);
      if (field == "name") sprints_[model::SprintId{*number}] = wire::value_text(json);
    }
  }
}

render::Names NameCache::names() {
  return {.task = [this](model::TaskId id) { return task(id); },
          .sprint = [this](model::SprintId id) { return sprint(id); },
          .zone = zone_};
}

}  // namespace taskman::cli
