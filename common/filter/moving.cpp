#include "common/filter/moving.hpp"

#include <algorithm>

#include "common/util/text.hpp"

namespace taskman::filter {
namespace {

template <typename Test>
bool any_term(const Expr& expr, const Test& test) {
  if (expr.kind == Expr::Kind::kTerm) return test(expr.term);
  return std::ranges::any_of(expr.children, [&](const Expr& each) { return any_term(each, test); });
}

bool moves_with_time(const Value& value) {
  if (std::holds_alternative<InstantRange>(value)) return true;
  const auto* const flag = std::get_if<Flag>(&value);
  return flag != nullptr && (*flag == Flag::kOverdue || *flag == Flag::kClaimed);
}

bool is_word(const Value& value) {
  const auto* const word = std::get_if<std::string>(&value);
  return word != nullptr && !util::parse_integer(*word);
}

}  // namespace

bool depends_on_time(const Expr& expr) {
  return any_term(
      expr, [](const Term& term) { return std::ranges::any_of(term.any_of, moves_with_time); });
}

bool names_sprints_by_word(const Expr& expr) {
  return any_term(expr, [](const Term& term) {
    return term.field == Field::kSprint && std::ranges::any_of(term.any_of, is_word);
  });
}

}  // namespace taskman::filter
