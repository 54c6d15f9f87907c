#include "daemon/store/sqlite/filter_sql.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace taskman::store::sqlite {
namespace {

using filter::Expr;
using filter::Field;
using filter::Flag;
using filter::Term;
using filter::Value;

/// Builds one expression; parameters are bound in the order they are met.
class Translator {
 public:
  Translator(const filter::Context& context, LabelSearch search)
      : context_(context), search_(search) {}

  std::string expression(const Expr& expr) {
    switch (expr.kind) {
      case Expr::Kind::kEverything:
        return "1";
      case Expr::Kind::kAnd:
        return joined(expr.children, " AND ");
      case Expr::Kind::kOr:
        return joined(expr.children, " OR ");
      case Expr::Kind::kNot:
        return negated(expr.children.front());
      case Expr::Kind::kTerm:
        return term(expr.term);
    }
    return "0";
  }

  bool only_status() const { return only_status_; }
  SqlParameters take_parameters() { return std::move(parameters_); }

 private:
  /// Null is false everywhere but under a NOT. Not not is nothing.
  std::string negated(const Expr& expr) {
    if (expr.kind == Expr::Kind::kNot) return expression(expr.children.front());
    return "NOT ifnull(" + expression(expr) + ", 0)";
  }

  /// SQLite's parser has a stack of a hundred for what stands before a parenthesis: so the deepest
  /// goes first.
  std::string joined(const std::vector<Expr>& children, std::string_view word) {
    std::vector<const Expr*> order;
    for (const Expr& child : children) order.push_back(&child);
    std::ranges::stable_sort(order, std::greater(),
                             [](const Expr* child) { return depth(*child); });
    std::string sql = "(";
    for (const Expr* child : order) {
      if (sql.size() > 1) sql += word;
      sql += expression(*child);
    }
    return sql + ")";
  }

  static int depth(const Expr& expr) {
    int deepest = 0;
    for (const Expr& child : expr.children) deepest = std::max(deepest, depth(child));
    return deepest + 1;
  }

  std::string term(const Term& term) {
    if (!is_about_status(term)) only_status_ = false;
    return to_sql(term, context_, search_, parameters_);
  }

  const filter::Context& context_;
  const LabelSearch search_;
  bool only_status_ = true;
  SqlParameters parameters_;
};

}  // namespace

SqlFilter to_sql(const Expr& expr, const filter::Context& context, LabelSearch search) {
  Translator translator(context, search);
  SqlFilter sql{.where = translator.expression(expr)};
  sql.parameters = translator.take_parameters();
  sql.only_status = translator.only_status();
  return sql;
}

namespace {

/// `expr`, or a part of it when it asks for all its parts, fulfils `wanted`.
template <typename Wanted>
bool demands(const Expr& expr, const Wanted& wanted) {
  if (expr.kind == Expr::Kind::kTerm) return wanted(expr.term);
  return expr.kind == Expr::Kind::kAnd &&
         std::ranges::any_of(expr.children, [&](const Expr& child) {
           return child.kind == Expr::Kind::kTerm && wanted(child.term);
         });
}

}  // namespace

bool names_label_among_open(const Expr& expr) {
  return demands(expr, [](const Term& term) { return term.field == Field::kLabel; }) &&
         demands(expr,
                 [](const Term& term) { return term.any_of == std::vector<Value>{Flag::kOpen}; });
}

std::vector<std::vector<std::string>> demanded_labels(const Expr& expr) {
  std::vector<std::vector<std::string>> demanded;
  const auto take = [&](const Term& term) {
    if (term.field != Field::kLabel) return false;
    auto& labels = demanded.emplace_back();
    for (const Value& value : term.any_of) {
      if (const auto* label = std::get_if<std::string>(&value)) labels.push_back(*label);
    }
    return false;  // the next one, too
  };
  demands(expr, take);
  return demanded;
}

bool names_one_priority(const Expr& expr) {
  return demands(expr, [](const Term& term) {
    return term.field == Field::kPriority && term.any_of.size() == 1;
  });
}

void bind_all(Query& query, const SqlParameters& parameters) {
  for (const SqlParameter& parameter : parameters) {
    std::visit([&](const auto& value) { query.bind(value); }, parameter);
  }
}

}  // namespace taskman::store::sqlite
