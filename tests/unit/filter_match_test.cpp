#include "common/filter/filter.hpp"
#include "common/time/text.hpp"
#include "support/catch.hpp"

namespace taskman::filter {

using model::Status;
using model::Task;

namespace {

Context context() {
  static const time::UtcZone utc;
  return {.now = *time::parse_rfc3339("2026-11-23T10:00:00Z"), .zone = &utc, .actor = "ann"};
}

bool matched(std::string_view text, const Task& task) {
  return matches(parse(text, context()), task, context());
}

util::Instant at(std::string_view text) { return *time::parse_rfc3339(text); }

Task sample() {
  Task task;
  task.id = {42};
  task.title = "Fix the LOGIN";
  task.project = "web";
  task.labels = {"api", "needs review"};
  task.points = 3;
  task.due = at("2026-11-23T23:59:59Z");
  task.updated_at = at("2026-11-20T08:00:00Z");
  return task;
}

}  // namespace

TEST_CASE("a task matches by its fields") {
  const Task task = sample();
  for (const auto text : {"",
                          "login",
                          "\"the login\"",
                          "status:todo,done",
                          "project:web",
                          "label:api",
                          "~label:ui",
                          "label:ui,\"needs review\"",
                          "points:3",
                          "points>2",
                          "points<=3",
                          "points:1..3",
                          "id:42",
                          "id:40-45",
                          "due:today",
                          "due<tomorrow",
                          "due<=today",
                          "due>yesterday",
                          "updated>-7d",
                          "sprint:none",
                          "assignee:none",
                          "parent:none",
                          "blocked_by:none",
                          "body:none",
                          "closed:none",
                          "is:open",
                          "is:ready",
                          "is:unassigned",
                          "~is:overdue",
                          "login label:api or points>100"}) {
    CAPTURE(text);
    CHECK(matched(text, task));
  }
  for (const auto text : {"logout", "status:done", "project:WEB", "project:none", "label:none",
                          "points<3", "points>3", "points:none", "id:1-41", "due<today",
                          "due>today", "due>=tomorrow", "is:closed", "is:mine", "is:claimed",
                          "login label:ui", "~login", "started:today", "closed<today"}) {
    CAPTURE(text);
    CHECK_FALSE(matched(text, task));
  }
}

TEST_CASE("blocked is by hand or by an open task, and never when closed") {
  Task task = sample();
  CHECK_FALSE(matched("is:blocked", task));
  task.ready = false;
  CHECK(matched("is:blocked ~is:ready", task));
  task.status = Status::kBlocked;
  CHECK(matched("is:blocked ~is:ready", task));
  task.status = Status::kDone;
  CHECK_FALSE(matched("is:blocked or is:ready or is:open", task));
}

TEST_CASE("overdue is open and past its due instant, which day and hour it may be") {
  Task task = sample();
  task.due = context().now;
  CHECK_FALSE(matched("is:overdue", task));
  task.due = context().now - std::chrono::milliseconds{1};
  CHECK(matched("is:overdue", task));
  task.status = Status::kDropped;
  CHECK_FALSE(matched("is:overdue", task));
}

TEST_CASE("a lease that has run out claims nothing") {
  Task task = sample();
  task.lease = {.holder = "bob", .until = context().now};
  CHECK_FALSE(matched("is:claimed", task));
  task.lease->until += std::chrono::milliseconds{1};
  CHECK(matched("is:claimed", task));
}

TEST_CASE("mine is assigned to who asks") {
  Task task = sample();
  task.assignee = "ann";
  CHECK(matched("is:mine assignee:@me assignee:ann ~is:unassigned", task));
  task.assignee = "Ann";
  CHECK_FALSE(matched("is:mine", task));
}

TEST_CASE("a list matches when one of its items does") {
  Task task = sample();
  task.blocked_by = {{3}, {9}};
  CHECK(matched("blocked_by:9", task));
  CHECK(matched("blocked_by<4", task));
  CHECK_FALSE(matched("blocked_by:4..8", task));
  CHECK_FALSE(matched("blocked_by:none", task));
}

TEST_CASE("a sprint matches by id; words that name no sprint match nothing") {
  Task task = sample();
  task.sprint = model::SprintId{4};
  Expr expr = parse("sprint:current", context());
  CHECK_FALSE(matches(expr, task, context()));
  resolve_sprints(expr, [](const auto&) { return std::vector<model::SprintId>{{4}}; });
  CHECK(matches(expr, task, context()));
  expr = parse("sprint:next", context());
  resolve_sprints(expr, [](const auto&) { return std::vector<model::SprintId>{}; });
  CHECK_FALSE(matches(expr, task, context()));
}

}  // namespace taskman::filter
