#include "common/wire/apply.hpp"

#include <algorithm>
#include <span>

#include "common/wire/columns.hpp"
#include "common/wire/entities.hpp"
#include "common/wire/slice.hpp"

namespace taskman::wire {
namespace {

template <typename T>
void apply_by(std::span<const Column<T>> columns, T& to, const Members& fields) {
  for (const auto& [name, json] : fields) {
    const auto column = std::ranges::find(columns, name, &Column<T>::name);
    if (column != columns.end()) column->get(Field{name, parse(json, name, kAnyValues)}, to);
  }
}

template <typename T>
std::vector<std::string> unlike_by(std::span<const Column<T>> columns, const T& thing,
                                   const Members& fields) {
  T told = thing;
  apply_by(columns, told, fields);
  std::vector<std::string> names;
  for (const auto& [name, json] : fields) {
    const auto column = std::ranges::find(columns, name, &Column<T>::name);
    if (column == columns.end() || is_derived_field(name)) continue;
    if (!column->same(told, thing)) names.push_back(name);
  }
  return names;
}

std::optional<model::Lease> lease_in(const Members& members) {
  const auto lease = std::ranges::find(members, "lease", &Members::value_type::first);
  if (lease == members.end()) return std::nullopt;
  model::Task task;
  apply(task, {*lease});
  return task.lease;
}

}  // namespace

void apply(model::Task& to, const Members& fields) { apply_by(task_columns(), to, fields); }
void apply(model::Sprint& to, const Members& fields) { apply_by(sprint_columns(), to, fields); }
void apply(model::Project& to, const Members& fields) { apply_by(project_columns(), to, fields); }

std::vector<std::string> fields_unlike(const model::Task& thing, const Members& fields) {
  return unlike_by(task_columns(), thing, fields);
}
std::vector<std::string> fields_unlike(const model::Sprint& thing, const Members& fields) {
  return unlike_by(sprint_columns(), thing, fields);
}
std::vector<std::string> fields_unlike(const model::Project& thing, const Members& fields) {
  return unlike_by(project_columns(), thing, fields);
}

bool is_derived_field(std::string_view name) { return name == "ready" || name == "updated_at"; }

std::optional<model::Lease> lease_of(const Frame::Item& item) { return lease_in(item.set); }
std::optional<model::Lease> lease_before(const Frame::Item& item) { return lease_in(item.was); }

std::vector<model::Comment> comments_of(const Frame::Item& item) {
  std::vector<model::Comment> comments;
  for (const auto* members : {&item.set, &item.was}) {
    for (const auto& [name, json] : *members) {
      if (name == "comment") comments.push_back(decode_comment(json));
      if (name != "comments") continue;
      for (const auto one : slice_array(json, name)) comments.push_back(decode_comment(one));
    }
  }
  return comments;
}

}  // namespace taskman::wire
