#include "daemon/feed/scope_index.hpp"

#include <algorithm>

namespace taskman::feed {
namespace {

using model::ChangeType;

void add_task(std::vector<ScopeKey>& keys, const std::optional<model::Task>& task) {
  if (!task) return;
  keys.emplace_back(task->id);
  if (task->sprint) keys.emplace_back(*task->sprint);
  if (task->project) keys.emplace_back(*task->project);
}

bool is_about_sprint(ChangeType type) {
  return type == ChangeType::kSprintCreated || type == ChangeType::kSprintUpdated ||
         type == ChangeType::kSprintDeleted || type == ChangeType::kSprintProgress;
}

}  // namespace

std::vector<ScopeKey> keys_of(Entry& entry) {
  std::vector<ScopeKey> keys;
  for (const auto& subject : entry.subjects()) {
    add_task(keys, subject.before);
    add_task(keys, subject.after);
  }
  for (const auto& ref : entry.refs()) {
    if (const auto* key = std::get_if<std::string>(&ref.id)) {
      keys.emplace_back(*key);
    } else if (is_about_sprint(ref.type)) {
      keys.emplace_back(model::SprintId{std::get<std::int64_t>(ref.id)});
    } else {
      keys.emplace_back(model::TaskId{std::get<std::int64_t>(ref.id)});
    }
  }
  std::ranges::sort(keys);
  const auto twice = std::ranges::unique(keys);
  keys.erase(twice.begin(), twice.end());
  return keys;
}

void ScopeIndex::add(const std::vector<ScopeKey>& keys, Reader& reader) {
  for (const ScopeKey& key : keys) readers_[key].insert(&reader);
}

void ScopeIndex::remove(const std::vector<ScopeKey>& keys, Reader& reader) {
  for (const ScopeKey& key : keys) {
    const auto found = readers_.find(key);
    if (found == readers_.end()) continue;
    found->second.erase(&reader);
    if (found->second.empty()) readers_.erase(found);
  }
}

}  // namespace taskman::feed
