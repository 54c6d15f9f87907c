// Two change one task at once: different fields stand beside each other, the same field is a
// conflict that shows base, theirs and yours.

#include "service/desk.hpp"

namespace taskman::test {
namespace {

/// A task at version 3: bob made its points 2 and took it.
struct MergeDesk : Desk {
  MergeDesk() {
    add(R"({"title":"a","points":1,"labels":["x"]})");
    auto by_bob = write();
    by_bob.caller.actor = "bob";
    tasks.edit(by_bob, {1}, wire::decode_task_edit(R"({"points":2,"add_labels":["theirs"]})"));
    tasks.edit(by_bob, {1}, wire::decode_task_edit(R"({"assignee":"bob"})"));
  }

  service::Answer merge(std::string_view json, std::int64_t seen = 1) {
    auto request = write();
    request.if_match = service::Seen{seen};
    request.stale = service::WriteRequest::Stale::kMerge;
    return tasks.edit(request, {1}, wire::decode_task_edit(json));
  }
};

TEST_CASE("merge: changes of different fields stand beside each other") {
  MergeDesk desk;
  const auto answer = envelope(desk.merge(R"({"title":"b","add_labels":["yours"]})"));
  const auto task = desk.task(1);
  CHECK(task.title == "b");
  CHECK(task.points == 2);
  CHECK(task.assignee == "bob");
  CHECK(task.labels == std::vector<std::string>{"theirs", "x", "yours"});
  REQUIRE(answer.notices.size() == 1);
  CHECK(answer.notices.front() ==
        "merged into version 3, which has changed: assignee (by bob), labels (by bob), points (by "
        "bob)");
}

TEST_CASE("merge: the same field is a conflict that shows base, theirs and yours") {
  MergeDesk desk;
  const auto failure = error_of([&] { desk.merge(R"({"title":"b","points":5})"); });
  CHECK(failure.code() == Code::kStaleVersion);
  REQUIRE(failure.fields().size() == 1);
  const auto& field = failure.fields().front();
  CHECK(field.name == "points");
  CHECK(field.rivals == error::Rivals{"1", "2", "5"});
  CHECK(field.message == "base 1, theirs 2 (by bob), yours 5");
  CHECK(desk.task(1).title == "a");
  const auto told = wire::decode_problem(wire::encode_problem(failure, "r"), 412);
  CHECK(told.fields() == failure.fields());
}

TEST_CASE("merge: wanting the same is no conflict, a list that is replaced is one") {
  MergeDesk desk;
  desk.merge(R"({"points":2})");
  CHECK(desk.head() == 3);
  const auto failure = error_of([&] { desk.merge(R"({"labels":["mine"]})"); });
  REQUIRE(failure.fields().size() == 1);
  CHECK(failure.fields().front().rivals ==
        error::Rivals{R"(["x"])", R"(["theirs","x"])", R"(["mine"])"});
}

TEST_CASE("merge: verbs merge as edits do; a version nobody has seen is refused") {
  MergeDesk desk;
  auto request = write();
  request.if_match = service::Seen{1};
  request.stale = service::WriteRequest::Stale::kMerge;
  desk.tasks.move(request, {1}, {.verb = "done", .reason = std::nullopt});
  CHECK(desk.task(1).status == model::Status::kDone);
  CHECK(error_of([&] { desk.merge(R"({"status":"todo"})"); }).code() == Code::kStaleVersion);
  CHECK(error_of([&] { desk.merge(R"({"title":"b"})", 9); }).code() == Code::kStaleVersion);
}

TEST_CASE("merge: a status that both changed is such a conflict, not a matter of the life cycle") {
  MergeDesk desk;
  auto by_bob = write("bob");
  desk.tasks.move(by_bob, {1}, {.verb = "done", .reason = std::nullopt});
  const auto edited = error_of([&] { desk.merge(R"({"status":"in_progress"})"); });
  CHECK(edited.code() == Code::kStaleVersion);
  REQUIRE(edited.fields().size() == 1);
  CHECK(edited.fields().front().message ==
        R"(base "todo", theirs "done" (by bob), yours "in_progress")");
  auto request = write();
  request.if_match = service::Seen{1};
  request.stale = service::WriteRequest::Stale::kMerge;
  const auto moved =
      error_of([&] { desk.tasks.move(request, {1}, {.verb = "drop", .reason = std::nullopt}); });
  CHECK(moved.code() == Code::kStaleVersion);
  REQUIRE(moved.fields().size() == 1);
  CHECK(moved.fields().front().rivals == error::Rivals{R"("todo")", R"("done")", R"("dropped")"});
  desk.merge(R"({"status":"done","title":"b"})");  // both want the same
  CHECK(desk.task(1).title == "b");
}

TEST_CASE("merge: sprints and projects merge as tasks do") {
  Desk desk;
  desk.add_sprint(R"({"name":"S1","goal":"g"})");
  desk.add_project("web");
  const service::SprintName sprint{.word = "S1", .project = std::nullopt};
  desk.sprints.edit(write("bob"), sprint, {.goal = "theirs"});
  desk.projects.edit(write("bob"), "web", {.description = "theirs"});
  auto request = write();
  request.if_match = service::Seen{1};
  request.stale = service::WriteRequest::Stale::kMerge;
  const auto goal = error_of([&] { desk.sprints.edit(request, sprint, {.goal = "yours"}); });
  CHECK(goal.code() == Code::kStaleVersion);
  REQUIRE(goal.fields().size() == 1);
  CHECK(goal.fields().front().message == R"(base "g", theirs "theirs" (by bob), yours "yours")");
  CHECK(error_of([&] { desk.projects.edit(request, "web", {.description = "yours"}); })
            .fields()
            .size() == 1);
  const auto merged = envelope(desk.sprints.edit(request, sprint, {.capacity = 5}));
  CHECK(wire::decode_sprint(merged.data).goal == "theirs");
  CHECK(merged.notices ==
        std::vector<std::string>{"merged into version 2, which has changed: goal (by bob)"});
  desk.projects.edit(request, "web", {.name = "Web"});
  CHECK(desk.head() == 6);
}

TEST_CASE("merge: what was deleted and brought back, or changed and changed back, is as it was") {
  MergeDesk desk;
  desk.tasks.remove(write("bob"), {1});
  desk.undo({}, "bob");
  desk.tasks.edit(write("bob"), {1}, wire::decode_task_edit(R"({"title":"other"})"));
  desk.tasks.edit(write("bob"), {1}, wire::decode_task_edit(R"({"title":"a"})"));
  for (const std::int64_t seen : {2, 3}) {
    CAPTURE(seen);
    const auto mine = R"({"title":"mine )" + std::to_string(seen) + R"("})";
    const auto merged = envelope(desk.merge(mine, seen));
    CHECK_THAT(merged.notices.front(),
               ContainsSubstring(seen == 3 ? " is as version 3 was" : "assignee (by bob)"));
    desk.tasks.edit(write("bob"), {1}, wire::decode_task_edit(R"({"title":"a"})"));
  }
  const auto failure = error_of([&] { desk.merge(R"({"points":5})"); });
  REQUIRE(failure.fields().size() == 1);
  CHECK(failure.fields().front().rivals == error::Rivals{"1", "2", "5"});
}

TEST_CASE("merge: a version the log does not reach back to is refused") {
  MergeDesk desk;
  desk.store->write([&](store::WriteTx& tx) {
    tx.prune_log({.age = std::nullopt, .entries = 1}, desk.clock.now(), 100);
  });
  CHECK(error_of([&] { desk.merge(R"({"title":"b"})"); }).code() == Code::kStaleVersion);
  CHECK(desk.task(1).title == "a");
}

}  // namespace
}  // namespace taskman::test
