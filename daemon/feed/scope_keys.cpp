// What a selection names: by its own members, or by what its filter demands of every task.

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "daemon/feed/scope_index.hpp"

namespace taskman::feed {
namespace {

using filter::Expr;
using filter::Field;
using Keys = std::vector<ScopeKey>;

constexpr std::int64_t kMostKeys = 64;  // of a filter; who names more is looked at for every change

/// None: the values are no such things, or too many.
template <typename Id>
std::optional<Keys> numbers(const std::vector<filter::Value>& values) {
  Keys keys;
  for (const auto& value : values) {
    const auto* range = std::get_if<filter::IntRange>(&value);
    if (range == nullptr || range->high - range->low >= kMostKeys) return std::nullopt;
    for (auto id = range->low; id <= range->high; ++id) keys.emplace_back(Id{id});
  }
  return keys;
}

std::optional<Keys> projects(const std::vector<filter::Value>& values) {
  Keys keys;
  for (const auto& value : values) {
    const auto* key = std::get_if<std::string>(&value);
    if (key == nullptr) return std::nullopt;
    keys.emplace_back(*key);
  }
  return keys;
}

std::optional<Keys> keys_of(const filter::Term& term) {
  if (term.op != filter::Op::kEqual) return std::nullopt;
  switch (term.field) {
    case Field::kId:
      return numbers<model::TaskId>(term.any_of);
    case Field::kSprint:
      return numbers<model::SprintId>(term.any_of);
    case Field::kProject:
      return projects(term.any_of);
    default:
      return std::nullopt;
  }
}

/// One of these has every task that matches. None: any task may.
std::optional<Keys> keys_of(const Expr& expr) {
  if (expr.kind == Expr::Kind::kTerm) return keys_of(expr.term);
  if (expr.kind != Expr::Kind::kAnd && expr.kind != Expr::Kind::kOr) return std::nullopt;
  std::optional<Keys> all;
  for (const Expr& child : expr.children) {
    auto keys = keys_of(child);
    if (expr.kind == Expr::Kind::kAnd) {
      if (keys && (!all || keys->size() < all->size())) all = std::move(keys);
    } else {
      if (!keys) return std::nullopt;
      if (!all) all.emplace();
      std::ranges::move(*keys, std::back_inserter(*all));
    }
  }
  return all;
}

}  // namespace

Keys keys_of(const Selection& selection) {
  Keys keys(selection.tasks.begin(), selection.tasks.end());
  if (selection.sprint) keys.emplace_back(*selection.sprint);
  if (selection.project) keys.emplace_back(*selection.project);
  if (keys.empty() && selection.filter) {
    if (auto demanded = keys_of(*selection.filter)) keys = std::move(*demanded);
  }
  if (std::ssize(keys) > kMostKeys && selection.tasks.empty()) keys.clear();
  std::ranges::sort(keys);
  const auto twice = std::ranges::unique(keys);
  keys.erase(twice.begin(), twice.end());
  return keys;
}

}  // namespace taskman::feed
