#include "daemon/store/sqlite/term_sql.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

namespace taskman::store::sqlite {
namespace {

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

template <typename Enum>
std::int64_t number(Enum value) {
  return static_cast<std::int64_t>(value);
}

/// A place for a value that is bound.
template <typename Value>
std::string_view mark(SqlParameters& parameters, const Value& value) {
  parameters.emplace_back(std::in_place_type<Value>, value);
  return "?";
}

/// A term's field compared with one of its values. A value of a kind that the field does not have
/// matches nothing, as in filter::matches.
class Comparison {
 public:
  Comparison(const Term& term, const filter::Context& context, LabelSearch search,
             SqlParameters& parameters)
      : term_(term), context_(context), search_(search), parameters_(parameters) {}

  std::string operator()(None) {
    switch (term_.field) {
      case Field::kLabel:
      case Field::kBlockedBy:
      case Field::kTitle:
      case Field::kBody:
        return fmt::format("{} = ''", column_of(term_.field));
      case Field::kIs:
        return "0";
      default:
        return fmt::format("{} IS NULL", column_of(term_.field));
    }
  }

  std::string operator()(model::Status status) {
    if (term_.field != Field::kStatus) return "0";
    return fmt::format("(open = {} AND status = {})", model::is_open(status) ? 1 : 0,
                       mark(number(status)));
  }

  std::string operator()(model::Priority priority) {
    return term_.field == Field::kPriority ? fmt::format("priority = {}", mark(number(priority)))
                                           : "0";
  }

  std::string operator()(const IntRange& range) {
    switch (term_.field) {
      case Field::kBlockedBy:
        return fmt::format("id IN (SELECT task FROM dependencies WHERE {})",
                           in_range("blocker", range));
      case Field::kId:
      case Field::kSprint:
      case Field::kParent:
      case Field::kPoints:
        return in_range(column_of(term_.field), range);
      default:
        return "0";
    }
  }

  /// A day is half open: on or before it is before its end, after it is from its end on.
  std::string operator()(const InstantRange& range) {
    if (!is_instant(term_.field)) return "0";
    const std::string_view column = column_of(term_.field);
    switch (term_.op) {
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

  std::string operator()(const std::string& text) {
    switch (term_.field) {
      case Field::kTitle:
      case Field::kBody:
        return fmt::format("contains_folded({}, {})", column_of(term_.field), mark(text));
      case Field::kLabel:
        return with_label(text);
      case Field::kProject:
      case Field::kAssignee:
      case Field::kExternal:
        return fmt::format("{} = {}", column_of(term_.field), mark(text));
      default:
        return "0";
    }
  }

  std::string operator()(Flag flag) {
    if (term_.field != Field::kIs) return "0";
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

 private:
  std::string in_range(std::string_view column, const IntRange& range) {
    switch (term_.op) {
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

  std::string with_label(const std::string& label) {
    if (search_ == LabelSearch::kCollect) {
      return fmt::format("id IN (SELECT task FROM task_labels WHERE label = {})", mark(label));
    }
    return fmt::format(
        "EXISTS (SELECT 1 FROM task_labels l WHERE l.label = {} AND l.task = tasks.id)",
        mark(label));
  }

  template <typename Parameter>
  std::string_view mark(const Parameter& value) {
    return sqlite::mark(parameters_, value);
  }

  const Term& term_;
  const filter::Context& context_;
  const LabelSearch search_;
  SqlParameters& parameters_;
};

bool is_open_statuses(const Term& term) {
  return term.field == Field::kStatus && std::ranges::all_of(term.any_of, [](const Value& value) {
           const auto* status = std::get_if<model::Status>(&value);
           return status != nullptr && model::is_open(*status);
         });
}

/// Looked for along the index of open tasks, which is in the default order.
std::string among_open(const Term& term, SqlParameters& parameters) {
  std::string list;
  for (const Value& value : term.any_of) {
    list.append(list.empty() ? "" : ", ")
        .append(mark(parameters, number(std::get<model::Status>(value))));
  }
  return "(open = 1 AND status IN (" + list + "))";
}

}  // namespace

bool is_about_status(const Term& term) {
  return term.field == Field::kStatus || std::ranges::all_of(term.any_of, [](const Value& value) {
           const auto* flag = std::get_if<Flag>(&value);
           return flag != nullptr && (*flag == Flag::kOpen || *flag == Flag::kClosed);
         });
}

std::string to_sql(const Term& term, const filter::Context& context, LabelSearch search,
                   SqlParameters& parameters) {
  if (term.any_of.empty()) return "0";
  if (term.any_of.size() > 1 && is_open_statuses(term)) return among_open(term, parameters);
  Comparison comparison(term, context, search, parameters);
  std::string sql = "(";
  for (const Value& value : term.any_of) {
    if (sql.size() > 1) sql += " OR ";
    sql += std::visit(comparison, value);
  }
  return sql + ")";
}

}  // namespace taskman::store::sqlite
