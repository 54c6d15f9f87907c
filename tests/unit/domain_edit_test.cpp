#include <algorithm>
#include <map>
#include <random>

#include "common/error/error.hpp"
#include "daemon/domain/dependencies.hpp"
#include "daemon/domain/patch.hpp"
#include "support/catch.hpp"

namespace taskman::domain {

using model::Status;
using model::Task;
using model::TaskId;
using model::TaskPatch;
using test::ContainsSubstring;

namespace {

const util::Instant kNow{std::chrono::seconds{1'795'428'000}};

Task sample() {
  Task task;
  task.id = {42};
  task.title = "Fix login";
  task.labels = {"api", "ui"};
  task.points = 3;
  task.blocked_by = {{3}, {9}};
  return task;
}

using Edges = std::map<std::int64_t, std::vector<TaskId>>;

Neighbours over(const Edges& edges) {
  return [&edges](TaskId id) {
    const auto found = edges.find(id.value);
    return found == edges.end() ? std::vector<TaskId>{} : found->second;
  };
}

}  // namespace

TEST_CASE("an empty edit changes nothing") { CHECK(patched(sample(), {}, kNow) == sample()); }

TEST_CASE("an edit sets what it gives and clears what it empties") {
  TaskPatch patch;
  patch.title = "Fix logout";
  patch.points = std::optional<std::int64_t>{};
  patch.assignee = "ann";
  const Task after = patched(sample(), patch, kNow);
  CHECK(after.title == "Fix logout");
  CHECK(after.points == std::nullopt);
  CHECK(after.assignee == "ann");
  CHECK(after.labels == sample().labels);
}

TEST_CASE("labels and blockers are replaced, then added to, then removed from") {
  TaskPatch patch;
  patch.labels = {"z", "b"};
  patch.add_labels = {"a", "b"};
  patch.remove_labels = {"z", "missing"};
  patch.add_blocked_by = {{1}};
  patch.remove_blocked_by = {{9}};
  const Task after = patched(sample(), patch, kNow);
  CHECK(after.labels == std::vector<std::string>{"a", "b"});
  CHECK(after.blocked_by == std::vector<TaskId>{{1}, {3}});
}

TEST_CASE("an edit of the status is a move") {
  TaskPatch patch;
  patch.status = Status::kDone;
  const Task done = patched(sample(), patch, kNow);
  CHECK(done.closed_at == kNow);
  patch.status = Status::kReview;
  CHECK_THROWS_WITH(patched(done, patch, kNow), ContainsSubstring("task 42 is done"));
  patch.status = Status::kTodo;
  CHECK(patched(done, patch, kNow).closed_at == std::nullopt);
}

TEST_CASE("a reason comes with the block or to a blocked task, and goes with it") {
  TaskPatch patch;
  patch.blocked_reason = "no key";
  CHECK_THROWS_WITH(patched(sample(), patch, kNow), ContainsSubstring("but the task is todo"));
  patch.status = Status::kBlocked;
  const Task blocked = patched(sample(), patch, kNow);
  CHECK(blocked.blocked_reason == "no key");
  TaskPatch start;
  start.status = Status::kInProgress;
  CHECK(patched(blocked, start, kNow).blocked_reason == std::nullopt);
}

TEST_CASE("what an edit leads to is checked") {
  TaskPatch patch;
  patch.title = " ";
  CHECK_THROWS_WITH(patched(sample(), patch, kNow), "title is blank");
}

TEST_CASE("a sprint that has ended keeps all but its name and goal") {
  model::Sprint sprint;
  sprint.name = "A";
  sprint.state = model::SprintState::kClosed;
  CHECK(patched(sprint, {.name = "B", .goal = "done"}).name == "B");
  CHECK_THROWS_WITH(patched(sprint, {.capacity = 5}),
                    ContainsSubstring("sprint 'A' is closed, so only its name and goal"));
  sprint.state = model::SprintState::kActive;
  CHECK(patched(sprint, {.capacity = 5}).capacity == 5);
}

TEST_CASE("a project's name and description") {
  const model::Project project{.key = "web", .name = "Web"};
  CHECK(patched(project, {.name = "The web"}).name == "The web");
  CHECK_THROWS_AS(patched(project, {.name = ""}), error::Error);
}

TEST_CASE("a circle is found and told, the shortest way round") {
  const Edges edges{{17, {{5}, {9}}}, {9, {{42}}}, {5, {{6}}}, {6, {{42}}}};
  CHECK(would_cycle({42}, {17}, over(edges)) == std::vector<TaskId>{{42}, {17}, {9}, {42}});
  CHECK(would_cycle({42}, {42}, over(edges)) == std::vector<TaskId>{{42}, {42}});
  CHECK(would_cycle({1}, {17}, over(edges)).empty());
  CHECK(to_text({{42}, {17}, {42}}) == "42 → 17 → 42");
}

TEST_CASE("a task cannot wait in a circle") {
  const Edges edges{{17, {{9}}}, {9, {{42}}}};
  CHECK_NOTHROW(check_blockers({1}, {{17}, {9}}, over(edges)));
  try {
    check_blockers({42}, {{3}, {17}}, over(edges));
    FAIL("accepted");
  } catch (const error::Error& error) {
    CHECK(error.code() == error::Code::kCycle);
    CHECK_THAT(error.message(), ContainsSubstring("42 → 17 → 9 → 42"));
    CHECK_THAT(error.hint(), ContainsSubstring("taskman task dep remove 9 --on 42"));
  }
  CHECK_THROWS_WITH(check_blockers({42}, {{42}}, over(edges)), "task 42 cannot wait for itself");
}

TEST_CASE("a task cannot lie under what lies under it") {
  const Edges parents{{5, {{4}}}, {4, {{3}}}};
  CHECK_NOTHROW(check_parent({9}, {5}, over(parents)));
  CHECK_THROWS_WITH(check_parent({3}, {5}, over(parents)), ContainsSubstring("3 → 5 → 4 → 3"));
  CHECK_THROWS_WITH(check_parent({3}, {3}, over(parents)), "task 3 cannot lie under itself");
}

TEST_CASE("edges taken one by one, refusing circles, never make one") {
  std::mt19937 engine(42);
  std::uniform_int_distribution<std::int64_t> any(1, 30);
  Edges edges;
  int refused = 0;
  for (int i = 0; i < 2000; ++i) {
    const TaskId from{any(engine)};
    const TaskId to{any(engine)};
    if (would_cycle(from, to, over(edges)).empty()) {
      edges[from.value].push_back(to);
    } else {
      ++refused;
    }
  }
  CHECK(refused > 0);
  // A graph without circles can be taken apart from its ends.
  while (!edges.empty()) {
    const auto removed = std::erase_if(edges, [&](const auto& each) {
      return std::ranges::none_of(each.second, [&](TaskId id) { return edges.contains(id.value); });
    });
    REQUIRE(removed > 0);
  }
}

}  // namespace taskman::domain
