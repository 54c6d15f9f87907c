#pragma once
// The filter language: one grammar, one parser, used by list, watch, wait, batch and the API's
// `filter=`. `status:todo,review ~label:api due<+7d ("login" or points>3)`: side by side is and.
// Values, no state; every function is thread-safe.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/model/task.hpp"
#include "common/model/vocabulary.hpp"
#include "common/time/zone.hpp"
#include "common/util/instant.hpp"

namespace taskman::filter {

enum class Field {
  kStatus,
  kIs,
  kPriority,
  kProject,
  kSprint,
  kParent,
  kAssignee,
  kLabel,
  kPoints,
  kDue,
  kCreated,
  kUpdated,
  kStarted,
  kClosed,
  kId,
  kExternal,
  kBlockedBy,
  kTitle,
  kBody,
};

/// What `is:` can ask.
enum class Flag { kOpen, kClosed, kBlocked, kReady, kOverdue, kMine, kUnassigned, kClaimed };

enum class Op { kEqual, kLess, kLessEqual, kGreater, kGreaterEqual };

struct None {
  bool operator==(const None&) const = default;
};  ///< the word `none`: the field is empty
struct IntRange {
  std::int64_t low;
  std::int64_t high;
  bool operator==(const IntRange&) const = default;
};  ///< inclusive
struct InstantRange {
  util::Instant from;
  util::Instant until;
  bool operator==(const InstantRange&) const = default;
};  ///< half open: a day, or one instant

/// A sprint is a string (name, `current`, …) until resolve_sprints made it an IntRange of its id.
/// For kTitle and kBody the string is the text to find, case-insensitive.
using Value =
    std::variant<None, model::Status, model::Priority, Flag, IntRange, InstantRange, std::string>;

/// True when the field compares so with any of the values (commas). For dates `<` and `>=` compare
/// with the range's `from`, `<=` and `>` with its `until`. An empty field compares with nothing but
/// None. No values (sprint words that resolved to no sprint) are true of no task.
struct Term {
  Field field = Field::kStatus;
  Op op = Op::kEqual;
  std::vector<Value> any_of;
  bool operator==(const Term&) const = default;
};

struct Expr {
  enum class Kind { kEverything, kAnd, kOr, kNot, kTerm };
  Kind kind = Kind::kEverything;
  std::vector<Expr> children;  ///< kAnd, kOr: two or more; kNot: one
  Term term;                   ///< kTerm
  bool operator==(const Expr&) const = default;
};

/// What relative words mean to this caller, now.
struct Context {
  util::Instant now;
  const time::Zone* zone = nullptr;  ///< not null
  std::string actor;                 ///< `@me`, `is:mine`
};

inline constexpr std::size_t kMaxLength = 4096;  ///< bytes
inline constexpr std::size_t kMaxValues = 500;   ///< in all terms together
inline constexpr int kMaxDepth = 32;             ///< nesting of parentheses and nots

/// Empty text is everything. Throws Error kInvalidValue that names the word, lists what is known
/// and suggests the nearest ("did you mean done").
Expr parse(std::string_view text, const Context& context);

/// Whether the filter says anything of the status (status: or is:open|closed|…): `task list` adds
/// is:open when it does not.
bool names_status(const Expr& expr);

/// Whether the filter says anything of the assignee (assignee: or is:mine|unassigned).
bool names_assignee(const Expr& expr);

/// Whether the filter asks for tasks by name (id: or external:), which are wanted whatever their
/// status.
bool names_tasks(const Expr& expr);

/// Replaces every sprint word by what `resolve` answers for it (ids, possibly none).
using SprintResolver = std::function<std::vector<model::SprintId>(const std::string& word)>;
void resolve_sprints(Expr& expr, const SprintResolver& resolve);

/// Evaluates in memory, the same truth as the store's SQL. `is:overdue` uses context.now.
/// `body:` looks into task.body, which the log's subjects do not carry (see uses_body).
bool matches(const Expr& expr, const model::Task& task, const Context& context);

/// True when the filter looks into bodies; such a filter can list but not follow the feed.
bool uses_body(const Expr& expr);

}  // namespace taskman::filter
