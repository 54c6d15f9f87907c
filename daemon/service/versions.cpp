#include "daemon/service/versions.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "common/error/error.hpp"
#include "common/wire/fields.hpp"
#include "common/wire/log.hpp"

namespace taskman::service {
namespace {

using error::Code;
using error::Error;

constexpr std::int64_t kLogLooked = 200;  // entries: an older difference is told without its fields

/// What others did to a field.
struct Change {
  std::string actor;  ///< of the last change
  std::string base;   ///< before the first, as JSON
};

struct Changes {
  std::map<std::string, Change> fields;
  bool whole = false;  ///< the log has every version since
};

Changes changes_since(store::ReadTx& tx, const model::Task& task, std::int64_t version) {
  Changes changes;
  std::int64_t oldest = task.version + 1;
  for (const auto& entry : tx.log_of_task(task.id, kLogLooked)) {
    const auto frame = wire::decode_frame(wire::encode_frame(entry, entry.cursor.rev - 1));
    for (const auto& item : frame.changes) {
      const auto at = item.version.value_or(0);
      if (item.id != model::EntityId(task.id.value) || at <= version) continue;
      oldest = std::min(oldest, at);
      for (const auto& [field, value] : item.set)
        changes.fields.try_emplace(field, Change{.actor = entry.actor, .base = {}});
      for (const auto& [field, value] : item.was) changes.fields[field].base = value;
    }
  }
  changes.whole = oldest == version + 1;
  return changes;
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
  for (const auto& [name, change] : changes_since(work.tx(), task, seen).fields)
    fields.push_back({name, "changed by " + change.actor});
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

bool may_merge(const Work& work) { return work.request().stale == WriteRequest::Stale::kMerge; }

void check_merge(Work& work, const Wish& wish) {
  if (!is_stale(work, wish.now.version)) return;
  const std::int64_t seen = *work.request().if_match;
  const auto others = changes_since(work.tx(), wish.now, seen);
  const auto change = wire::task_change(model::ChangeType::kTaskUpdated, &wish.now, &wish.wanted);
  const auto theirs = wire::members_of(change.was);
  std::vector<error::Field> conflicts;
  auto their = theirs.begin();
  for (const auto& [name, yours] : wire::members_of(change.set)) {
    const auto& now = (their++)->second;
    const auto other = others.fields.find(name);
    if (other == others.fields.end() || wish.commuting.contains(name)) continue;
    conflicts.push_back({name,
                         fmt::format("base {}, theirs {} (by {}), yours {}", other->second.base,
                                     now, other->second.actor, yours),
                         error::Rivals{other->second.base, now, yours}});
  }
  const std::string thing = fmt::format("task {}", wish.now.id.value);
  if (!conflicts.empty() || !others.whole || seen > wish.now.version)
    refuse(thing, wish.now.version, seen, std::move(conflicts));
  std::string names;
  for (const auto& [name, other] : others.fields)
    names += fmt::format("{}{} (by {})", names.empty() ? "" : ", ", name, other.actor);
  work.notice(
      fmt::format("merged into version {}, which has changed: {}", wish.now.version, names));
}

}  // namespace taskman::service
