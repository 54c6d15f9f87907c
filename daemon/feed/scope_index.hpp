#pragma once
// Finds the readers that a change can concern among those that named a task, a sprint or a project,
// so that it costs nothing to have many who look elsewhere.

#include <map>
#include <string>
#include <unordered_set>
#include <variant>
#include <vector>

#include "common/model/sprint.hpp"
#include "common/model/task.hpp"
#include "daemon/feed/entry.hpp"
#include "daemon/feed/subscription.hpp"

namespace taskman::feed {

class Reader;

/// A task, a sprint, or a project by its key.
using ScopeKey = std::variant<model::TaskId, model::SprintId, std::string>;

/// What the selection names, also by a filter such as `sprint:3 label:api`; empty when it may want
/// anything.
std::vector<ScopeKey> keys_of(const Selection& selection);
/// What the entry is about: the things themselves, and of tasks the sprints and projects they are
/// in or were. Every reader whose selection wants the entry has one of them, or has no keys.
std::vector<ScopeKey> keys_of(Entry& entry);

/// Owned by the hub, used on its thread.
class ScopeIndex {
 public:
  void add(const std::vector<ScopeKey>& keys, Reader& reader);
  void remove(const std::vector<ScopeKey>& keys, Reader& reader);
  bool empty() const { return readers_.empty(); }
  /// Calls `use` for those under one of the entry's keys; more than once for one that has several.
  template <typename Use>
  void for_readers_of(Entry& entry, const Use& use) const {
    for (const ScopeKey& key : keys_of(entry)) {
      const auto found = readers_.find(key);
      if (found == readers_.end()) continue;
      for (Reader* reader : found->second) use(*reader);
    }
  }

 private:
  std::map<ScopeKey, std::unordered_set<Reader*>> readers_;
};

}  // namespace taskman::feed
