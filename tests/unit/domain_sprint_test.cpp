#include <array>
#include <initializer_list>
#include <optional>
#include <span>
#include <vector>

#include "common/error/error.hpp"
#include "daemon/domain/progress.hpp"
#include "daemon/domain/sprints.hpp"
#include "support/catch.hpp"

namespace taskman::domain {

using model::Sprint;
using model::SprintState;
using model::Status;
using model::Task;
using test::ContainsSubstring;

namespace {

const util::Instant kNow{std::chrono::seconds{1'795'428'000}};

Task task(std::int64_t id, Status status, std::optional<std::int64_t> points = std::nullopt) {
  Task made;
  made.id = {id};
  made.status = status;
  made.points = points;
  made.sprint = model::SprintId{1};
  return made;
}

Sprint sprint(SprintState state) {
  Sprint made;
  made.id = {1};
  made.name = "A";
  made.state = state;
  return made;
}

std::vector<model::TaskId> ids(std::initializer_list<std::int64_t> numbers) {
  std::vector<model::TaskId> made;
  for (const auto number : numbers) made.push_back({number});
  return made;
}

std::int64_t at(const std::array<std::int64_t, model::kStatusCount>& counts, Status status) {
  return counts[static_cast<std::size_t>(status)];
}

}  // namespace

TEST_CASE("progress counts tasks, points and what has no estimate") {
  const std::vector<Task> tasks{task(1, Status::kTodo, 3), task(2, Status::kDone, 5),
                                task(3, Status::kDone), task(4, Status::kReview, 0)};
  const model::Progress progress = progress_of(tasks);
  CHECK(at(progress.tasks, Status::kDone) == 2);
  CHECK(at(progress.points, Status::kDone) == 5);
  CHECK(at(progress.points, Status::kTodo) == 3);
  CHECK(at(progress.tasks, Status::kReview) == 1);
  CHECK(progress.unestimated == 1);
}

TEST_CASE("a task's change is one step of its sprint, a move is two") {
  const Task todo = task(1, Status::kTodo, 3);
  const Task done = task(1, Status::kDone, 3);
  const auto steps = progress_steps(&todo, &done);
  REQUIRE(steps.size() == 1);
  CHECK(at(steps[0].delta.tasks, Status::kTodo) == -1);
  CHECK(at(steps[0].delta.points, Status::kDone) == 3);
  Task elsewhere = todo;
  elsewhere.sprint = model::SprintId{2};
  const auto moves = progress_steps(&todo, &elsewhere);
  REQUIRE(moves.size() == 2);
  CHECK(moves[0].sprint == model::SprintId{1});
  CHECK(at(moves[1].delta.tasks, Status::kTodo) == 1);
}

TEST_CASE("what does not count makes no step") {
  const Task before = task(1, Status::kTodo, 3);
  Task renamed = before;
  renamed.title = "other";
  CHECK(progress_steps(&before, &renamed).empty());
  Task outside = before;
  outside.sprint.reset();
  CHECK(progress_steps(&outside, nullptr).empty());
  CHECK(progress_steps(nullptr, &before).size() == 1);
  CHECK(progress_steps(&before, nullptr).size() == 1);
}

TEST_CASE("steps add up to a recount") {
  const std::vector<Task> stages{task(1, Status::kTodo), task(1, Status::kTodo, 8),
                                 task(1, Status::kInProgress, 8), task(1, Status::kDone, 5)};
  model::Progress progress;
  const Task* before = nullptr;
  for (const Task& after : stages) {
    for (const auto& step : progress_steps(before, &after)) progress = progress + step.delta;
    CHECK(progress == progress_of(std::span(&after, 1)));
    before = &after;
  }
}

TEST_CASE("starting freezes what is committed") {
  const std::vector<Task> tasks{task(9, Status::kTodo, 3), task(2, Status::kDone)};
  const Sprint after = started(sprint(SprintState::kPlanned), tasks, kNow);
  CHECK(after.state == SprintState::kActive);
  CHECK(after.started_at == kNow);
  CHECK(after.committed ==
        std::vector<model::ScopeItem>{{{2}, std::nullopt, Status::kDone}, {{9}, 3, Status::kTodo}});
  CHECK(started(after, {}, kNow) == after);
  CHECK_THROWS_WITH(started(sprint(SprintState::kClosed), tasks, kNow),
                    ContainsSubstring("sprint 'A' is closed, so it cannot start again"));
}

TEST_CASE("a project has one active sprint") {
  Sprint other = sprint(SprintState::kActive);
  other.id = {2};
  other.name = "B";
  const Sprint planned = sprint(SprintState::kPlanned);
  CHECK_THROWS_WITH(check_can_start(planned, {other}), ContainsSubstring("'B' is active already"));
  CHECK_NOTHROW(check_can_start(other, {other}));
  other.project = "web";
  CHECK_NOTHROW(check_can_start(planned, {other}));
}

TEST_CASE("closing freezes the report: done, dropped, carried, added, removed") {
  const std::vector<Task> committed{task(1, Status::kTodo, 3), task(2, Status::kTodo, 2),
                                    task(3, Status::kTodo)};
  const Sprint active = started(sprint(SprintState::kPlanned), committed, kNow);
  const std::vector<Task> found{task(4, Status::kDropped), task(1, Status::kDone, 3),
                                task(2, Status::kReview, 2)};
  const Sprint after = closed(active, {.tasks = found, .carried_to = "B", .now = kNow});
  CHECK(after.state == SprintState::kClosed);
  CHECK(after.closed_at == kNow);
  REQUIRE(after.report);
  CHECK(after.report->completed == ids({1}));
  CHECK(after.report->dropped == ids({4}));
  CHECK(after.report->carried == ids({2}));
  CHECK(after.report->added == ids({4}));
  CHECK(after.report->removed == ids({3}));
  CHECK(after.report->carried_to == "B");
  CHECK(after.report->progress == progress_of(found));
  CHECK(closed(after, {.tasks = {}, .now = kNow}) == after);
}

TEST_CASE("with nothing open nothing is carried anywhere") {
  const std::vector<Task> found{task(1, Status::kDone)};
  const Sprint after =
      closed(sprint(SprintState::kActive), {.tasks = found, .carried_to = "B", .now = kNow});
  CHECK(after.report->carried_to.empty());
}

TEST_CASE("only what runs can close, only what has not closed can be cancelled") {
  const Closing closing{.tasks = {}, .now = kNow};
  CHECK_THROWS_AS(closed(sprint(SprintState::kPlanned), closing), error::Error);
  CHECK_THROWS_AS(closed(sprint(SprintState::kCancelled), closing), error::Error);
  CHECK(cancelled(sprint(SprintState::kPlanned), kNow).state == SprintState::kCancelled);
  CHECK(cancelled(sprint(SprintState::kActive), kNow).closed_at == kNow);
  CHECK_THROWS_AS(cancelled(sprint(SprintState::kClosed), kNow), error::Error);
}

TEST_CASE("open tasks are carried to a sprint that is still to be worked on") {
  Sprint to = sprint(SprintState::kPlanned);
  const Sprint from = sprint(SprintState::kActive);
  CHECK_THROWS_AS(check_can_receive(from, to), error::Error);
  to.id = {2};
  CHECK_NOTHROW(check_can_receive(from, to));
  to.state = SprintState::kClosed;
  CHECK_THROWS_WITH(check_can_receive(from, to), ContainsSubstring("cannot take tasks"));
}

}  // namespace taskman::domain
