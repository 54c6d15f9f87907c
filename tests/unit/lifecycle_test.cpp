#include "daemon/domain/lifecycle.hpp"

#include "common/error/error.hpp"
#include "support/catch.hpp"

namespace taskman::domain {

using model::Status;
using model::Task;
using test::ContainsSubstring;

namespace {

const util::Instant kNow{std::chrono::seconds{1'795'428'000}};
const util::Instant kEarlier = kNow - std::chrono::hours{5};

Task task_in(Status status) {
  Task task;
  task.id = {42};
  task.status = status;
  if (!is_open(status)) task.closed_at = kEarlier;
  return task;
}

constexpr Status kOpen[]{Status::kTodo, Status::kInProgress, Status::kBlocked, Status::kReview};
constexpr Status kClosed[]{Status::kDone, Status::kDropped};
constexpr Verb kForward[]{Verb::kStart, Verb::kBlock, Verb::kReview, Verb::kDone, Verb::kDrop};

}  // namespace

TEST_CASE("every verb but reopen leads from every open status to its own") {
  for (const Status from : kOpen) {
    for (const Verb verb : kForward) {
      const Task after = moved(task_in(from), {.verb = verb}, kNow);
      CHECK(after.status == verb_words()[static_cast<std::size_t>(verb)].target);
    }
  }
}

TEST_CASE("doing again what is done changes nothing") {
  Task done = task_in(Status::kDone);
  CHECK(moved(done, {.verb = Verb::kDone}, kNow) == done);
  Task dropped = task_in(Status::kDropped);
  CHECK(moved(dropped, {.verb = Verb::kDrop}, kNow) == dropped);
  Task todo = task_in(Status::kTodo);
  CHECK(moved(todo, {.verb = Verb::kReopen}, kNow) == todo);
  Task started = task_in(Status::kInProgress);
  CHECK(moved(started, {.verb = Verb::kStart}, kNow) == started);
}

TEST_CASE("a closed task takes only reopen, and says so") {
  for (const Status from : kClosed) {
    for (const Verb verb : kForward) {
      if (verb_words()[static_cast<std::size_t>(verb)].target == from) continue;
      CHECK_THROWS_AS(moved(task_in(from), {.verb = verb}, kNow), error::Error);
    }
  }
  try {
    moved(task_in(Status::kDone), {.verb = Verb::kStart}, kNow);
  } catch (const error::Error& error) {
    CHECK(error.code() == error::Code::kConflict);
    CHECK(error.message() == "task 42 is done, so it cannot become in_progress");
    CHECK_THAT(error.hint(), ContainsSubstring("taskman task reopen 42"));
  }
}

TEST_CASE("reopening leads to todo and forgets when it was closed") {
  for (const Status from : kClosed) {
    const Task after = moved(task_in(from), {.verb = Verb::kReopen}, kNow);
    CHECK(after.status == Status::kTodo);
    CHECK(after.closed_at == std::nullopt);
  }
}

TEST_CASE("the first start is remembered for good") {
  Task task = moved(task_in(Status::kTodo), {.verb = Verb::kStart}, kEarlier);
  CHECK(task.started_at == kEarlier);
  task = moved(task, {.verb = Verb::kReview}, kNow);
  task = moved(task, {.verb = Verb::kStart}, kNow);
  task = moved(task, {.verb = Verb::kDone}, kNow);
  task = moved(task, {.verb = Verb::kReopen}, kNow);
  CHECK(task.started_at == kEarlier);
  CHECK(moved(task_in(Status::kTodo), {.verb = Verb::kDone}, kNow).started_at == std::nullopt);
}

TEST_CASE("closing is timed and ends a claim") {
  Task task = task_in(Status::kInProgress);
  task.lease = {.holder = "ann", .until = kNow + std::chrono::hours{1}};
  for (const Verb verb : {Verb::kDone, Verb::kDrop}) {
    const Task after = moved(task, {.verb = verb}, kNow);
    CHECK(after.closed_at == kNow);
    CHECK(after.lease == std::nullopt);
  }
  CHECK(moved(task, {.verb = Verb::kReview}, kNow).lease == task.lease);
}

TEST_CASE("the reason of a block lives as long as the block") {
  Task task = moved(task_in(Status::kTodo), {.verb = Verb::kBlock, .reason = "no key"}, kNow);
  CHECK(task.blocked_reason == "no key");
  CHECK(moved(task, {.verb = Verb::kBlock}, kNow) == task);
  CHECK(moved(task, {.verb = Verb::kBlock, .reason = "no host"}, kNow).blocked_reason == "no host");
  for (const Verb verb : {Verb::kStart, Verb::kReview, Verb::kDone, Verb::kDrop}) {
    CHECK(moved(task, {.verb = verb}, kNow).blocked_reason == std::nullopt);
  }
}

TEST_CASE("an edit may do what a verb may") {
  CHECK_NOTHROW(check_transition(task_in(Status::kDone), Status::kTodo));
  CHECK_NOTHROW(check_transition(task_in(Status::kDone), Status::kDone));
  CHECK_THROWS_AS(check_transition(task_in(Status::kDone), Status::kReview), error::Error);
  CHECK_THROWS_AS(check_transition(task_in(Status::kDone), Status::kDropped), error::Error);
  for (const Status from : kOpen) {
    for (const Status to : kOpen) CHECK_NOTHROW(check_transition(task_in(from), to));
  }
}

TEST_CASE("ready is open, not blocked by hand, and waiting for nothing open") {
  CHECK(is_ready(task_in(Status::kTodo), 0));
  CHECK(is_ready(task_in(Status::kReview), 0));
  CHECK_FALSE(is_ready(task_in(Status::kTodo), 1));
  CHECK_FALSE(is_ready(task_in(Status::kBlocked), 0));
  CHECK_FALSE(is_ready(task_in(Status::kDone), 0));
}

TEST_CASE("verbs are found by name") {
  for (const VerbWord& word : verb_words()) {
    CHECK(find_verb(word.name) == word.verb);
    CHECK(name(word.verb) == word.name);
  }
  CHECK(find_verb("DONE") == Verb::kDone);
  CHECK(find_verb("finish") == std::nullopt);
}

}  // namespace taskman::domain
