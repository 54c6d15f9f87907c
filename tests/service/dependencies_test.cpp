#include "service/desk.hpp"

namespace taskman::test {
namespace {

using Changes = std::vector<std::string>;

TEST_CASE("closing the last open blocker makes a task ready, told as readiness without a version") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  desk.add(R"({"title":"b"})");
  desk.add(R"({"title":"c","blocked_by":[1,2]})");
  desk.move(1, "done");
  CHECK(desk.last_changes() == Changes{"task.updated 1"});
  CHECK_FALSE(desk.task(3).ready);
  desk.move(2, "drop");
  CHECK(desk.last_changes() == Changes{"task.updated 2", "task.readiness 3"});
  CHECK(desk.task(3).ready);
  CHECK(desk.task(3).version == 1);
  desk.move(1, "reopen");
  CHECK(desk.last_changes() == Changes{"task.updated 1", "task.readiness 3"});
  CHECK_FALSE(desk.task(3).ready);
}

TEST_CASE("readiness says nothing of tasks that are closed or blocked by hand") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  desk.add(R"({"title":"closed","blocked_by":[1],"status":"done"})");
  desk.add(R"({"title":"held","blocked_by":[1],"status":"blocked"})");
  desk.move(1, "done");
  CHECK(desk.last_changes() == Changes{"task.updated 1"});
}

TEST_CASE("blockers that close together in one command flip readiness once") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  desk.add(R"({"title":"b"})");
  desk.add(R"({"title":"c","blocked_by":[1,2]})");
  desk.bulk(R"({"verb":"done","ids":[1,2]})");
  CHECK(desk.last_changes() == Changes{"task.updated 1", "task.updated 2", "task.readiness 3"});
  desk.bulk(R"({"verb":"reopen","ids":[1,2]})");
  CHECK(desk.last_changes() == Changes{"task.updated 1", "task.updated 2", "task.readiness 3"});
  CHECK_FALSE(desk.task(3).ready);
}

TEST_CASE("readiness of a task that is changed in the same command is part of its change") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  desk.add(R"({"title":"b","blocked_by":[1]})");
  const auto changed = desk.bulk(R"({"verb":"edit","ids":[2,1],"set":{"status":"in_progress"}})");
  CHECK_FALSE(changed.front().ready);
  const auto done = desk.bulk(R"({"verb":"done","ids":[1]})");
  CHECK(desk.task(2).ready);
  CHECK(done.size() == 1);
}

TEST_CASE("a dependency that closes a circle is refused, and the circle is named") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  desk.add(R"({"title":"b","blocked_by":[1]})");
  desk.add(R"({"title":"c","blocked_by":[2]})");
  const auto failure = error_of([&] { desk.edit(1, R"({"add_blocked_by":[3]})"); });
  CHECK(failure.code() == Code::kCycle);
  CHECK_THAT(failure.message(), ContainsSubstring("1 → 3 → 2 → 1"));
  CHECK(error_of([&] { desk.edit(1, R"({"add_blocked_by":[1]})"); }).code() == Code::kInvalidValue);
}

TEST_CASE("a circle through several edits of one command is refused, too") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  desk.add(R"({"title":"b"})");
  desk.edit(1, R"({"add_blocked_by":[2]})");
  CHECK(error_of([&] {
          desk.bulk(R"({"verb":"edit","ids":[2],"set":{"add_blocked_by":[1]}})");
        }).code() == Code::kCycle);
}

TEST_CASE("a task cannot lie under itself or its children") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  desk.add(R"({"title":"b","parent":1})");
  CHECK(error_of([&] { desk.edit(1, R"({"parent":2})"); }).code() == Code::kCycle);
}

TEST_CASE("an edge that is removed frees the task") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  desk.add(R"({"title":"b","blocked_by":[1]})");
  const auto freed = desk.edit(2, R"({"remove_blocked_by":[1]})");
  CHECK(freed.ready);
  CHECK(desk.ids("is:ready") == std::vector<std::int64_t>{1, 2});
}

}  // namespace
}  // namespace taskman::test
