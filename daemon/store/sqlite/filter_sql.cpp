#include "daemon/store/sqlite/filter_sql.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <utility>

namespace taskman::store::sqlite {
namespace {

using filter::Expr;
using filter::Field;
using filter::Flag;
using filter::InstantRange;
using filter::IntRange;
using filter::None;
using filter::Op;
using filter::Term;
using filter::Value;

std::string_view column_of(Field field) {
  switch (field) {
    case Field::kStatus:
      return "status";
    case Field::kIs:
      return "";
    case Field::kPriority:
      return "priority";
    case Field::kProject:
      return "project";
    case Field::kSprint:
      return "sprint";
    case Field::kParent:
      return "parent";
    case Field::kAssignee:
      return "assignee";
    case Field::kLabel:
      return "labels";
    case Field::kPoints:
      return "points";
    case Field::kDue:
      return "due";
    case Field::kCreated:
      return "created_at";
    case Field::kUpdated:
      return "updated_at";
    case Field::kStarted:
      return "started_at";
    case Field::kClosed:
      return "closed_at";
    case Field::kId:
      return "id";
    case Field::kExternal:
      return "external_id";
    case Field::kBlockedBy:
      return "blocked_by";
    case Field::kTitle:
      return "title";
    case Field::kBody:
      return "body";
  }
  return "";
}

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
  std::vector<SqlFilter::Parameter> take_parameters() { return std::move(parameters_); }

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
    if (term.any_of.size() > 1 && is_open_statuses(term)) return among_open(term);
    std::string sql = "(";
    for (const Value& value : term.any_of) {
      if (sql.size() > 1) sql += " OR ";
      sql += std::visit([&](const auto& known) { return compare(term, known); }, value);
    }
    return term.any_of.empty() ? "0" : sql + ")";
  }

  static bool is_about_status(const Term& term) {
    return term.field == Field::kStatus || std::ranges::all_of(term.any_of, [](const Value& value) {
             const auto* flag = std::get_if<Flag>(&value);
             return flag != nullptr && (*flag == Flag::kOpen || *flag == Flag::kClosed);
           });
  }

  static bool is_open_statuses(const Term& term) {
    return term.field == Field::kStatus && std::ranges::all_of(term.any_of, [](const Value& value) {
             const auto* status = std::get_if<model::Status>(&value);
             return status != nullptr && model::is_open(*status);
           });
  }

  /// Looked for along the index of open tasks, which is in the default order.
  std::string among_open(const Term& term) {
    std::string list;
    for (const Value& value : term.any_of) {
      list.append(list.empty() ? "" : ", ").append(mark(number(std::get<model::Status>(value))));
    }
    return "(open = 1 AND status IN (" + list + "))";
  }

  // A value of a kind that its field does not have matches nothing, as in filter::matches.

  std::string compare(const Term& term, None) {
    switch (term.field) {
      case Field::kLabel:
      case Field::kBlockedBy:
      case Field::kTitle:
      case Field::kBody:
        return fmt::format("{} = ''", column_of(term.field));
      case Field::kIs:
        return "0";
      default:
        return fmt::format("{} IS NULL", column_of(term.field));
    }
  }

  std::string compare(const Term& term, model::Status status) {
    if (term.field != Field::kStatus) return "0";
    return fmt::format("(open = {} AND status = {})", model::is_open(status) ? 1 : 0,
                       mark(number(status)));
  }

  std::string compare(const Term& term, model::Priority priority) {
    return term.field == Field::kPriority ? fmt::format("priority = {}", mark(number(priority)))
                                          : "0";
  }

  std::string compare(const Term& term, const IntRange& range) {
    switch (term.field) {
      case Field::kBlockedBy:
        return fmt::format("id IN (SELECT task FROM dependencies WHERE {})",
                           in_range("blocker", term.op, range));
      case Field::kId:
      case Field::kSprint:
      case Field::kParent:
      case Field::kPoints:
        return in_range(column_of(term.field), term.op, range);
      default:
        return "0";
    }
  }

  std::string in_range(std::string_view column, Op op, const IntRange& range) {
    switch (op) {
      case Op::kEqual:
        if (range.low == range.high) return fmt::format("{} = {}", column, mark(range.low));
        return between(column, range);
      case Op::kLess:
        return fmt::format("{} < {}", column, mark(range.low));
      case Op::kLessEqual:
        return fmt::format("{} <= {}", column, mark(range.high));
      case Op::kGreater:
        return fmt::format("{} > {}", column, mark(range.high));
      case Op::kGreaterEqual:
        return fmt::format("{} >= {}", column, mark(range.low));
    }
    return "0";
  }

  /// A day is half open: on or before it is before its end, after it is from its end on.
  std::string compare(const Term& term, const InstantRange& range) {
    if (!is_instant(term.field)) return "0";
    const std::string_view column = column_of(term.field);
    switch (term.op) {
      case Op::kEqual:
        return during(column, range);
      case Op::kLess:
        return fmt::format("{} < {}", before(column), mark(range.from));
      case Op::kGreaterEqual:
        return fmt::format("{} >= {}", column, mark(range.from));
      case Op::kLessEqual:
        return fmt::format("{} < {}", before(column), mark(range.until));
      case Op::kGreater:
        return fmt::format("{} >= {}", column, mark(range.until));
    }
    return "0";
  }

  // Arguments of a call are evaluated in any order, parameters must not be.

  std::string between(std::string_view column, const IntRange& range) {
    const std::string from = fmt::format("{} BETWEEN {}", column, mark(range.low));
    return fmt::format("{} AND {}", from, mark(range.high));
  }

  std::string during(std::string_view column, const InstantRange& range) {
    const std::string from = fmt::format("({} >= {}", column, mark(range.from));
    return fmt::format("{} AND {} < {})", from, column, mark(range.until));
  }

  /// What has no due date is due at the end of time, which is before nothing.
  static std::string_view before(std::string_view column) {
    return column == "due" ? "due_order" : column;
  }

  static bool is_instant(Field field) {
    return field == Field::kDue || field == Field::kCreated || field == Field::kUpdated ||
           field == Field::kStarted || field == Field::kClosed;
  }

  std::string compare(const Term& term, const std::string& text) {
    switch (term.field) {
      case Field::kTitle:
      case Field::kBody:
        return fmt::format("contains_folded({}, {})", column_of(term.field), mark(text));
      case Field::kLabel:
        return with_label(text);
      case Field::kProject:
      case Field::kAssignee:
      case Field::kExternal:
        return fmt::format("{} = {}", column_of(term.field), mark(text));
      default:
        return "0";
    }
  }

  std::string compare(const Term& term, Flag flag) {
    if (term.field != Field::kIs) return "0";
    switch (flag) {
      case Flag::kOpen:
        return "open = 1";
      case Flag::kClosed:
        return "open = 0";
      case Flag::kBlocked:
        return "(open = 1 AND (status = 2 OR open_blockers > 0))";
      case Flag::kReady:
        return "(open = 1 AND status <> 2 AND open_blockers = 0)";
      case Flag::kOverdue:
        return fmt::format("(open = 1 AND due_order < {})", mark(context_.now));
      case Flag::kMine:
        return fmt::format("assignee = {}", mark(context_.actor));
      case Flag::kUnassigned:
        return "assignee IS NULL";
      case Flag::kClaimed:
        return fmt::format("lease_until > {}", mark(context_.now));
    }
    return "0";
  }

  std::string with_label(const std::string& label) {
    if (search_ == LabelSearch::kCollect) {
      return fmt::format("id IN (SELECT task FROM task_labels WHERE label = {})", mark(label));
    }
    return fmt::format(
        "EXISTS (SELECT 1 FROM task_labels l WHERE l.label = {} AND l.task = tasks.id)",
        mark(label));
  }

  template <typename Enum>
  static std::int64_t number(Enum value) {
    return static_cast<std::int64_t>(value);
  }

  template <typename Parameter>
  std::string_view mark(const Parameter& value) {
    parameters_.emplace_back(std::in_place_type<Parameter>, value);
    return "?";
  }

  const filter::Context& context_;
  const LabelSearch search_;
  bool only_status_ = true;
  std::vector<SqlFilter::Parameter> parameters_;
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

bool names_one_priority(const Expr& expr) {
  return demands(expr, [](const Term& term) {
    return term.field == Field::kPriority && term.any_of.size() == 1;
  });
}

void bind_all(Query& query, const std::vector<SqlFilter::Parameter>& parameters) {
  for (const SqlFilter::Parameter& parameter : parameters) {
    std::visit([&](const auto& value) { query.bind(value); }, parameter);
  }
}

}  // namespace taskman::store::sqlite
