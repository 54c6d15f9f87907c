#pragma once
// The store as it would be once something is taken back. Internal to the checks of inverse.hpp.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "daemon/service/inverse.hpp"

namespace taskman::service {

/// Used inside one closure, on its thread. Pointers are valid as long as it is.
class Result {
 public:
  Result(store::ReadTx& tx, const Inverse& inverse) : tx_(tx), inverse_(inverse) {}

  /// Null: it would not be there.
  const model::Task* task(model::TaskId id);
  const model::Sprint* sprint(model::SprintId id);
  bool has_project(const std::string& key);
  std::vector<model::Sprint> sprints();

 private:
  store::ReadTx& tx_;
  const Inverse& inverse_;
  std::map<model::TaskId, std::optional<model::Task>> tasks_;  ///< that stay as they are
  std::map<model::SprintId, std::optional<model::Sprint>> sprints_;
};

/// What checks work on.
struct Checked {
  store::ReadTx& tx;
  const Base& base;
  const Inverse& inverse;
  Result& result;
  Obstacles& obstacles;
};

/// That nothing which is removed is in use, and that sprints and projects stand beside the others.
void check_things(const Checked& checked);

inline Thing thing(model::TaskId id) { return {ThingKind::kTask, id.value}; }
inline Thing thing(model::SprintId id) { return {ThingKind::kSprint, id.value}; }
inline Thing thing(const std::string& project) { return {ThingKind::kProject, project}; }

inline std::string name_of(model::TaskId id) { return name_of(thing(id)); }

/// Whether the thing comes, or comes to another value of this member.
template <typename T, typename Member>
bool is_new(const InverseStep<T>& step, Member member) {
  return step.then && (!step.now || (*step.now).*member != (*step.then).*member);
}

}  // namespace taskman::service
