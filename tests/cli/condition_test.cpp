// What --for of `taskman wait` says: how it is read, and of which states it is true.

#include "cli/commands/condition.hpp"
#include "common/error/error.hpp"
#include "common/time/zone.hpp"
#include "support/catch.hpp"
#include "support/manual_clock.hpp"

namespace taskman::test {
namespace {

using cli::CountCondition;
using cli::SprintCondition;
using cli::TaskCondition;
using model::SprintState;
using model::Status;
using model::Task;

const time::UtcZone kZone;

filter::Context context() { return {.now = ManualClock().now(), .zone = &kZone, .actor = "ann"}; }

TaskCondition of_task(const std::string& text) { return {text, context()}; }

bool is_met(const std::string& text, const Task& task) {
  return of_task(text).is_met(task, context());
}

Task with_status(Status status) {
  Task task;
  task.id = {42};
  task.status = status;
  task.ready = model::is_open(status) && status != Status::kBlocked;
  return task;
}

/// What a refusal says, and its hint.
template <typename Condition>
std::string refusal(const std::string& text) {
  try {
    if constexpr (std::is_same_v<Condition, TaskCondition>) {
      of_task(text);
    } else {
      Condition{text};
    }
  } catch (const error::Error& failure) {
    CHECK(error::row(failure.code()).exit_code == 2);
    return failure.message() + " | " + failure.hint();
  }
  return "taken";
}

}  // namespace

TEST_CASE("a task's condition is a word or one field of the filter language") {
  const Task todo = with_status(Status::kTodo);
  const Task done = with_status(Status::kDone);
  CHECK(is_met("exists", todo));
  CHECK(is_met("ready", todo));
  CHECK_FALSE(is_met("ready", done));
  CHECK(is_met("status=done", done));
  CHECK(is_met("status:done", done));
  CHECK(is_met("Status=COMPLETED", done));  // an alias
  CHECK_FALSE(is_met("status=done", todo));
  CHECK(is_met("status=todo,review", todo));
  CHECK(is_met("~status=done", todo));
  CHECK(is_met("is=closed", done));
  CHECK(is_met("priority=p2", todo));
  CHECK(is_met("id>41", todo));
}

TEST_CASE("fields with and without a value") {
  Task task = with_status(Status::kTodo);
  CHECK(is_met("assignee=none", task));
  CHECK_FALSE(is_met("label=api", task));
  task.assignee = "ann";
  task.labels = {"a b", "api"};
  task.points = 5;
  CHECK(is_met("assignee=@me", task));
  CHECK(is_met("assignee=me", task));
  CHECK_FALSE(is_met("assignee=\"me\"", task));
  CHECK(is_met("label=api", task));
  CHECK(is_met("label=\"a b\"", task));
  CHECK(is_met("points>=5", task));
  CHECK_FALSE(is_met("points>5", task));
}

TEST_CASE("a mistyped condition is refused, not waited for for ever") {
  CHECK(refusal<TaskCondition>("done") ==
        "--for: 'done' is not a condition | did you mean status=done?");
  CHECK(refusal<TaskCondition>("closed") ==
        "--for: 'closed' is not a condition | did you mean is=closed?");
  CHECK_THAT(refusal<TaskCondition>("exsits"), ContainsSubstring("did you mean exists?"));
  CHECK_THAT(refusal<TaskCondition>("status=dnoe"),
             StartsWith("unknown status 'dnoe' | did you mean done?"));
  CHECK_THAT(refusal<TaskCondition>("statsu=done"),
             StartsWith("unknown field 'statsu' | did you mean status?"));
  CHECK_THAT(refusal<TaskCondition>("label=a b"), ContainsSubstring("in quotes"));
  CHECK_THAT(refusal<TaskCondition>("status=done label=x"), ContainsSubstring("one FIELD=VALUE"));
  CHECK_THAT(refusal<TaskCondition>("(status=done)"), ContainsSubstring("one FIELD=VALUE"));
  for (const std::string text : {"", " ", "~", "=", "status=", "status", "42"})
    CHECK(refusal<TaskCondition>(text) != "taken");
}

TEST_CASE("a closed task comes to nothing but todo by itself") {
  const Task dropped = with_status(Status::kDropped);
  const Task done = with_status(Status::kDone);
  CHECK(of_task("status=done").is_past(dropped));
  CHECK(of_task("status=review,done").is_past(dropped));
  CHECK(of_task("status=review").is_past(done));
  CHECK(of_task("ready").is_past(done));
  // Reopening is what these wait for.
  CHECK_FALSE(of_task("status=todo").is_past(done));
  CHECK_FALSE(of_task("status=todo,done").is_past(dropped));
  CHECK_FALSE(of_task("~status=dropped").is_past(dropped));
  CHECK_FALSE(of_task("is=open").is_past(done));
  // The rest of it can still be edited.
  CHECK_FALSE(of_task("assignee=ben").is_past(done));
  CHECK_FALSE(of_task("exists").is_past(done));
  CHECK_FALSE(of_task("status=done").is_past(with_status(Status::kBlocked)));
}

TEST_CASE("what comes true by time alone is known, and so are the names only the daemon knows") {
  CHECK(of_task("is=overdue").moves_with_time());
  CHECK(of_task("due<today").moves_with_time());
  CHECK_FALSE(of_task("status=done").moves_with_time());
  CHECK_FALSE(of_task("exists").moves_with_time());
  CHECK(of_task("sprint=current").names_things());
  CHECK(of_task("~project=web").names_things());
  CHECK_FALSE(of_task("label=x").names_things());

  auto in_sprint = of_task("sprint=current");
  in_sprint.resolve_sprints([](const std::string& word) {
    CHECK(word == "current");
    return std::vector{model::SprintId{3}};
  });
  Task task = with_status(Status::kTodo);
  CHECK_FALSE(in_sprint.is_met(task, context()));
  task.sprint = model::SprintId{3};
  CHECK(in_sprint.is_met(task, context()));
}

TEST_CASE("how a task stands is told by what is asked for") {
  Task task = with_status(Status::kInProgress);
  CHECK(of_task("status=done").standing(task) == "in_progress");
  CHECK(of_task("assignee=ben").standing(task) == "in_progress, assignee none");
  task.labels = {"a", "b"};
  CHECK(of_task("label=c").standing(task) == "in_progress, labels a,b");
  task.status = Status::kTodo;
  task.ready = false;
  CHECK(of_task("ready").standing(task) == "todo, not ready");
}

TEST_CASE("a sprint's condition: empty, closed, or states") {
  CHECK(SprintCondition("empty").is_met(SprintState::kActive, 0));
  CHECK_FALSE(SprintCondition("empty").is_met(SprintState::kClosed, 1));
  CHECK(SprintCondition("closed").is_met(SprintState::kClosed, 0));
  CHECK(SprintCondition("status=active,closed").is_met(SprintState::kActive, 4));
  CHECK(SprintCondition("state:Active").is_met(SprintState::kActive, 4));
  CHECK_FALSE(SprintCondition("status=active").is_met(SprintState::kPlanned, 0));
  CHECK_THAT(refusal<SprintCondition>("colsed"), ContainsSubstring("did you mean closed?"));
  CHECK_THAT(refusal<SprintCondition>("active"), ContainsSubstring("did you mean status=active?"));
  CHECK_THAT(refusal<SprintCondition>("status=actve"), ContainsSubstring("did you mean active?"));
  for (const std::string text : {"", "status=", "status=active,", "label=x", "exists"})
    CHECK(refusal<SprintCondition>(text) != "taken");
}

TEST_CASE("a sprint begins once and ends once") {
  CHECK(SprintCondition("closed").is_past(SprintState::kCancelled));
  CHECK(SprintCondition("status=active").is_past(SprintState::kClosed));
  CHECK(SprintCondition("status=planned").is_past(SprintState::kActive));
  CHECK_FALSE(SprintCondition("closed").is_past(SprintState::kPlanned));
  CHECK_FALSE(SprintCondition("status=active,closed").is_past(SprintState::kActive));
  CHECK_FALSE(SprintCondition("empty").is_past(SprintState::kCancelled));
}

TEST_CASE("a count is compared with a number") {
  CHECK(CountCondition("count=0").is_met(0));
  CHECK_FALSE(CountCondition("count=0").is_met(1));
  CHECK(CountCondition("count>3").is_met(4));
  CHECK_FALSE(CountCondition("count>3").is_met(3));
  CHECK(CountCondition("count>=3").is_met(3));
  CHECK(CountCondition("count<3").is_met(2));
  CHECK_FALSE(CountCondition("Count<=3").is_met(4));
  for (const std::string text :
       {"", "count", "count=", "count=-1", "count=x", "count==1", "cuont=0", "empty", "count=1 "})
    CHECK_THAT(refusal<CountCondition>(text), ContainsSubstring("count=0"));
}

}  // namespace taskman::test
