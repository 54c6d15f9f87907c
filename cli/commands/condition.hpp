#pragma once
// What --for says of `taskman wait`: read once, tried on every state. Pure; thread-safe.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/filter/filter.hpp"
#include "common/model/sprint.hpp"
#include "common/model/task.hpp"

namespace taskman::cli {

/// What can be waited for, as it is offered.
struct ConditionWord {
  std::string_view text;
  std::string_view meaning;
};

/// Of tasks: `exists`, `ready`, or one term of the filter language, `status=done`.
class TaskCondition {
 public:
  /// Throws kInvalidValue for anything else, with what is near it.
  TaskCondition(std::string text, const filter::Context& context);

  /// Besides the fields of filters.
  static std::span<const ConditionWord> words();

  const std::string& text() const { return text_; }
  /// Whether it names a sprint or a project, which only the daemon knows.
  bool names_things() const;
  void resolve_sprints(const filter::SprintResolver& resolve);

  bool is_met(const model::Task& task, const filter::Context& context) const;
  /// Whether it can come true without a change.
  bool moves_with_time() const { return moves_with_time_; }
  /// The task has ended, and what is waited for comes before that: only reopening it helps.
  bool is_past(const model::Task& task) const;
  /// What of the task it asks for, as it is: `in_progress`, `in_progress, assignee ben`.
  std::string standing(const model::Task& task) const;

 private:
  std::string text_;
  filter::Expr expr_;
  bool moves_with_time_;
};

/// Of a sprint: `empty` (no open task is in it), `closed`, `status=active,closed`.
class SprintCondition {
 public:
  /// Throws kInvalidValue.
  explicit SprintCondition(std::string text);

  static std::span<const ConditionWord> words();

  const std::string& text() const { return text_; }
  bool is_met(model::SprintState state, std::int64_t open_tasks) const;
  /// A sprint in this state never comes to what is waited for.
  bool is_past(model::SprintState state) const;

 private:
  std::string text_;
  std::vector<model::SprintState> states_;  ///< none: `empty`
};

/// Of the tasks of a filter: `count=0`, `count>3`.
class CountCondition {
 public:
  /// Throws kInvalidValue.
  explicit CountCondition(std::string text);

  static std::span<const ConditionWord> words();

  const std::string& text() const { return text_; }
  bool is_met(std::int64_t count) const;

 private:
  std::string text_;
  filter::Op op_ = filter::Op::kEqual;
  std::int64_t wanted_ = 0;
};

}  // namespace taskman::cli
