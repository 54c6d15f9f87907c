// Questions about a filter as a whole, and the one change made to it after parsing.
#include <algorithm>

#include "common/filter/filter.hpp"

namespace taskman::filter {
namespace {

template <typename Test>
bool any_term(const Expr& expr, const Test& test) {
  if (expr.kind == Expr::Kind::kTerm) return test(expr.term);
  return std::ranges::any_of(expr.children, [&](const Expr& each) { return any_term(each, test); });
}

bool flag_names_status(const Value& value) {
  const auto* const flag = std::get_if<Flag>(&value);
  if (flag == nullptr) return false;
  return *flag != Flag::kMine && *flag != Flag::kUnassigned && *flag != Flag::kClaimed;
}

bool is_none(const Value& value) { return std::holds_alternative<None>(value); }

void resolve(Term& term, const SprintResolver& find) {
  std::vector<Value> resolved;
  for (const Value& value : term.any_of) {
    const auto* const word = std::get_if<std::string>(&value);
    if (word == nullptr) {
      resolved.push_back(value);
      continue;
    }
    for (const auto id : find(*word)) resolved.emplace_back(IntRange{id.value, id.value});
  }
  term.any_of = std::move(resolved);
}

}  // namespace

bool names_status(const Expr& expr) {
  return any_term(expr, [](const Term& term) {
    // A closed task is the only one that has a time of closing.
    if (term.field == Field::kStatus || term.field == Field::kClosed) return true;
    return term.field == Field::kIs && std::ranges::any_of(term.any_of, flag_names_status);
  });
}

bool names_assignee(const Expr& expr) {
  return any_term(expr, [](const Term& term) {
    return term.field == Field::kAssignee ||
           std::ranges::any_of(term.any_of, [](const Value& value) {
             return value == Value(Flag::kMine) || value == Value(Flag::kUnassigned);
           });
  });
}

bool names_tasks(const Expr& expr) {
  if (expr.kind == Expr::Kind::kNot) return false;
  if (expr.kind != Expr::Kind::kTerm) return std::ranges::any_of(expr.children, names_tasks);
  const Term& term = expr.term;
  if (term.field != Field::kId && term.field != Field::kExternal) return false;
  return term.op == Op::kEqual && !std::ranges::all_of(term.any_of, is_none);
}

bool uses_body(const Expr& expr) {
  return any_term(expr, [](const Term& term) { return term.field == Field::kBody; });
}

void resolve_sprints(Expr& expr, const SprintResolver& resolver) {
  if (expr.kind == Expr::Kind::kTerm && expr.term.field == Field::kSprint) {
    resolve(expr.term, resolver);
  }
  for (Expr& child : expr.children) resolve_sprints(child, resolver);
}

}  // namespace taskman::filter
