#include "daemon/domain/lifecycle.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "common/error/error.hpp"
#include "common/util/text.hpp"

namespace taskman::domain {
namespace {

using model::Status;
using model::Task;

constexpr std::array kVerbs{
    VerbWord{Verb::kStart, "start", Status::kInProgress},
    VerbWord{Verb::kBlock, "block", Status::kBlocked},
    VerbWord{Verb::kReview, "review", Status::kReview},
    VerbWord{Verb::kDone, "done", Status::kDone},
    VerbWord{Verb::kDrop, "drop", Status::kDropped},
    VerbWord{Verb::kReopen, "reopen", Status::kTodo},
};

[[noreturn]] void refuse_closed(const Task& task, Status to) {
  throw error::Error(error::Code::kConflict,
                     fmt::format("task {} is {}, so it cannot become {}", task.id.value,
                                 name(task.status), name(to)),
                     fmt::format("open it again first: taskman task reopen {}", task.id.value));
}

Task reopened(const Task& task, util::Instant now) {
  return is_open(task.status) ? task : with_status(task, Status::kTodo, now);
}

}  // namespace

std::span<const VerbWord> verb_words() { return kVerbs; }

std::string_view name(Verb verb) { return kVerbs[static_cast<std::size_t>(verb)].name; }

Status target_of(Verb verb) { return kVerbs[static_cast<std::size_t>(verb)].target; }

std::optional<Verb> find_verb(std::string_view word) {
  const auto found = std::ranges::find_if(
      kVerbs, [&](const VerbWord& each) { return util::equals_ignoring_case(each.name, word); });
  if (found == kVerbs.end()) return std::nullopt;
  return found->verb;
}

Task moved(const Task& task, const Move& move, util::Instant now) {
  if (move.verb == Verb::kReopen) return reopened(task, now);
  const Status to = target_of(move.verb);
  check_transition(task, to);
  Task after = with_status(task, to, now);
  if (move.verb == Verb::kBlock && move.reason) after.blocked_reason = move.reason;
  return after;
}

void check_transition(const Task& task, Status to) {
  const bool stays_or_reopens = to == task.status || to == Status::kTodo;
  if (!is_open(task.status) && !stays_or_reopens) refuse_closed(task, to);
}

Task with_status(const Task& task, Status to, util::Instant now) {
  Task after = task;
  if (to == task.status) return after;
  after.status = to;
  if (to == Status::kInProgress && !after.started_at) after.started_at = now;
  if (to != Status::kBlocked) after.blocked_reason.reset();
  if (is_open(to)) {
    after.closed_at.reset();
  } else {
    after.lease.reset();
    after.closed_at = now;
  }
  return after;
}

bool is_ready(const Task& task, std::size_t open_blockers) {
  return is_open(task.status) && task.status != Status::kBlocked && open_blockers == 0;
}

}  // namespace taskman::domain
