#include "common/filter/words.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "common/util/text.hpp"

namespace taskman::filter {
namespace {

using enum Absence;

constexpr std::array kFields{
    FieldWord{Field::kStatus, "status", Kind::kStatus, kNever, "where the task stands",
              "status:todo,review"},
    FieldWord{Field::kIs, "is", Kind::kFlag, kNever, "a property of the task", "is:overdue"},
    FieldWord{Field::kPriority, "priority", Kind::kPriority, kNever, "p0 (highest) to p3",
              "priority:p0..p1"},
    FieldWord{Field::kProject, "project", Kind::kName, kPossible, "a project's key", "project:web"},
    FieldWord{Field::kSprint, "sprint", Kind::kName, kPossible,
              "a sprint's name or id; current, next, prev", "sprint:current"},
    FieldWord{Field::kParent, "parent", Kind::kInteger, kPossible, "the id of the task above",
              "parent:4"},
    FieldWord{Field::kAssignee, "assignee", Kind::kPerson, kPossible, "who works on it; @me",
              "assignee:@me"},
    FieldWord{Field::kLabel, "label", Kind::kName, kPossible, "a label", "label:api,ui", "labels"},
    FieldWord{Field::kPoints, "points", Kind::kInteger, kPossible, "the estimate", "points>3"},
    FieldWord{Field::kDue, "due", Kind::kDate, kPossible, "when it should be done", "due<+7d"},
    FieldWord{Field::kCreated, "created", Kind::kDate, kNever, "when it was added",
              "created:today"},
    FieldWord{Field::kUpdated, "updated", Kind::kDate, kNever, "when it last changed",
              "updated>-7d"},
    FieldWord{Field::kStarted, "started", Kind::kDate, kPossible, "when work on it began",
              "started:-7d..today"},
    FieldWord{Field::kClosed, "closed", Kind::kDate, kPossible, "when it was done or dropped",
              "closed>-1w"},
    FieldWord{Field::kId, "id", Kind::kInteger, kNever, "the task's id", "id:3-7,12"},
    FieldWord{Field::kExternal, "external", Kind::kName, kPossible, "its id in another tracker",
              "external:github:owner/repo#12", "external_id"},
    FieldWord{Field::kBlockedBy, "blocked_by", Kind::kInteger, kPossible,
              "the id of a task it waits for", "blocked_by:17"},
    FieldWord{Field::kTitle, "title", Kind::kText, kNever, "text in the title", "title:login"},
    FieldWord{Field::kBody, "body", Kind::kText, kPossible, "text in the body", "body:panic"},
};

constexpr std::array kFlags{
    FlagWord{Flag::kOpen, "open", "todo, in_progress, blocked or review"},
    FlagWord{Flag::kClosed, "closed", "done or dropped"},
    FlagWord{Flag::kBlocked, "blocked", "open, and blocked by hand or by an open task"},
    FlagWord{Flag::kReady, "ready", "open and nothing blocks it"},
    FlagWord{Flag::kOverdue, "overdue", "open and its due date has passed"},
    FlagWord{Flag::kMine, "mine", "assigned to you"},
    FlagWord{Flag::kUnassigned, "unassigned", "assigned to nobody"},
    FlagWord{Flag::kClaimed, "claimed", "held under a lease that has not run out"},
};

}  // namespace

std::span<const FieldWord> field_words() { return kFields; }
std::span<const FlagWord> flag_words() { return kFlags; }

const FieldWord& word_of(Field field) { return kFields[static_cast<std::size_t>(field)]; }

std::string_view name(Flag flag) { return kFlags[static_cast<std::size_t>(flag)].name; }

const FieldWord* find_field(std::string_view word) {
  const auto named = [&](const FieldWord& each) {
    return util::equals_ignoring_case(each.name, word) ||
           (!each.alias.empty() && util::equals_ignoring_case(each.alias, word));
  };
  const auto found = std::ranges::find_if(kFields, named);
  return found == kFields.end() ? nullptr : &*found;
}

std::optional<Flag> find_flag(std::string_view word) {
  const auto named = [&](const FlagWord& each) {
    return util::equals_ignoring_case(each.name, word);
  };
  const auto found = std::ranges::find_if(kFlags, named);
  if (found == kFlags.end()) return std::nullopt;
  return found->flag;
}

}  // namespace taskman::filter
