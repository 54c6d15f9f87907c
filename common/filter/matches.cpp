#include <algorithm>
#include <optional>

#include "common/filter/filter.hpp"
#include "common/util/text.hpp"

namespace taskman::filter {
namespace {

using model::Task;

bool has_flag(Flag flag, const Task& task, const Context& context) {
  const bool open = model::is_open(task.status);
  switch (flag) {
    case Flag::kOpen:
      return open;
    case Flag::kClosed:
      return !open;
    case Flag::kBlocked:
      return open && !task.ready;
    case Flag::kReady:
      return open && task.ready;
    case Flag::kOverdue:
      return open && task.due && *task.due < context.now;
    case Flag::kMine:
      return task.assignee && *task.assignee == context.actor;
    case Flag::kUnassigned:
      return !task.assignee;
    case Flag::kClaimed:
      return task.lease && task.lease->until > context.now;
  }
  return false;
}

bool compares(std::int64_t number, Op op, const IntRange& range) {
  switch (op) {
    case Op::kEqual:
      return range.low <= number && number <= range.high;
    case Op::kLess:
      return number < range.low;
    case Op::kLessEqual:
      return number <= range.high;
    case Op::kGreater:
      return number > range.high;
    case Op::kGreaterEqual:
      return number >= range.low;
  }
  return false;
}

bool compares(util::Instant instant, Op op, const InstantRange& range) {
  switch (op) {
    case Op::kEqual:
      return range.from <= instant && instant < range.until;
    case Op::kLess:
      return instant < range.from;
    case Op::kLessEqual:
      return instant < range.until;
    case Op::kGreater:
      return instant >= range.until;
    case Op::kGreaterEqual:
      return instant >= range.from;
  }
  return false;
}

bool is_none(const Value& value) { return std::holds_alternative<None>(value); }

template <typename T>
bool equals(const T& field, const Value& value) {
  const T* const wanted = std::get_if<T>(&value);
  return wanted != nullptr && *wanted == field;
}

bool names(const std::optional<std::string>& field, const Value& value) {
  return field ? equals(*field, value) : is_none(value);
}

bool names_one(const std::vector<std::string>& labels, const Value& value) {
  if (is_none(value)) return labels.empty();
  return std::ranges::any_of(labels, [&](const auto& label) { return equals(label, value); });
}

bool counts(std::optional<std::int64_t> field, Op op, const Value& value) {
  if (!field) return is_none(value);
  const auto* const range = std::get_if<IntRange>(&value);
  return range != nullptr && compares(*field, op, *range);
}

template <typename Id>
std::optional<std::int64_t> number_of(const std::optional<Id>& id) {
  if (!id) return std::nullopt;
  return id->value;
}

bool falls(const std::optional<util::Instant>& field, Op op, const Value& value) {
  if (!field) return is_none(value);
  const auto* const range = std::get_if<InstantRange>(&value);
  return range != nullptr && compares(*field, op, *range);
}

bool contains(const std::string& text, const Value& value) {
  if (is_none(value)) return text.empty();
  const auto* const wanted = std::get_if<std::string>(&value);
  return wanted != nullptr && util::contains_ignoring_case(text, *wanted);
}

bool waits_for(const std::vector<model::TaskId>& blockers, Op op, const Value& value) {
  if (is_none(value)) return blockers.empty();
  return std::ranges::any_of(blockers, [&](auto id) { return counts(id.value, op, value); });
}

bool is_flagged(const Value& value, const Task& task, const Context& context) {
  const auto* const flag = std::get_if<Flag>(&value);
  return flag != nullptr && has_flag(*flag, task, context);
}

bool holds(const Term& term, const Value& value, const Task& task, const Context& context) {
  switch (term.field) {
    case Field::kStatus:
      return equals(task.status, value);
    case Field::kIs:
      return is_flagged(value, task, context);
    case Field::kPriority:
      return equals(task.priority, value);
    case Field::kProject:
      return names(task.project, value);
    case Field::kSprint:
      return counts(number_of(task.sprint), term.op, value);
    case Field::kParent:
      return counts(number_of(task.parent), term.op, value);
    case Field::kAssignee:
      return names(task.assignee, value);
    case Field::kLabel:
      return names_one(task.labels, value);
    case Field::kPoints:
      return counts(task.points, term.op, value);
    case Field::kDue:
      return falls(task.due, term.op, value);
    case Field::kCreated:
      return falls(task.created_at, term.op, value);
    case Field::kUpdated:
      return falls(task.updated_at, term.op, value);
    case Field::kStarted:
      return falls(task.started_at, term.op, value);
    case Field::kClosed:
      return falls(task.closed_at, term.op, value);
    case Field::kId:
      return counts(task.id.value, term.op, value);
    case Field::kExternal:
      return names(task.external_id, value);
    case Field::kBlockedBy:
      return waits_for(task.blocked_by, term.op, value);
    case Field::kTitle:
      return contains(task.title, value);
    case Field::kBody:
      return contains(task.body, value);
  }
  return false;
}

}  // namespace

bool matches(const Expr& expr, const Task& task, const Context& context) {
  const auto child = [&](const Expr& each) { return matches(each, task, context); };
  const auto value = [&](const Value& each) { return holds(expr.term, each, task, context); };
  switch (expr.kind) {
    case Expr::Kind::kEverything:
      return true;
    case Expr::Kind::kAnd:
      return std::ranges::all_of(expr.children, child);
    case Expr::Kind::kOr:
      return std::ranges::any_of(expr.children, child);
    case Expr::Kind::kNot:
      return !child(expr.children.front());
    case Expr::Kind::kTerm:
      return std::ranges::any_of(expr.term.any_of, value);
  }
  return false;
}

}  // namespace taskman::filter
