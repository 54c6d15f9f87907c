// What stands in the way of an undo, and how it is told.

#include "service/undo_support.hpp"

namespace taskman::test {
namespace {

TEST_CASE("what was taken back already is told, and by which revision") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  desk.undo();
  const auto again = refusal(desk, {.rev = 1});
  CHECK(again.code() == Code::kConflict);
  CHECK(again.message() == "revision 1 was taken back already, by revision 2");
  desk.undo({.rev = 2});
  CHECK(refusal(desk, {.rev = 2}).message() == "revision 2 was taken back already, by revision 3");
  CHECK(refusal(desk, {.rev = 1, .redo = true}).message() == "revision 1 is not undone");
  // It is in force again, by its redo, and that is what is taken back.
  CHECK(desk.undo({.rev = 1}).of == 3);
}

TEST_CASE("a later change of the same field stands in the way, with who and when") {
  Desk desk;
  desk.add(R"({"title":"Fix login"})");
  desk.edit(1, R"({"priority":"p0","title":"Fix it"})");
  edit_as(desk, "bob", 1, R"({"priority":"p1"})");
  const auto failure = refusal(desk);
  CHECK(failure.code() == Code::kConflict);
  CHECK(failure.message() ==
        "cannot undo revision 2: bob changed priority of task 1 in revision 3");
  CHECK(failure.hint() == "to take that back first: taskman undo 3");
  REQUIRE(failure.fields().size() == 1);
  CHECK(failure.fields()[0].name == "task 1 priority");
}

TEST_CASE("a claim is undone while it is held; when it ran out it is passed over") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  const State before = state_of(desk);
  desk.claims.claim(write(), {1}, {.lease = std::chrono::minutes(5)});
  const State claimed = state_of(desk);
  desk.move(1, "done");
  desk.undo();
  CHECK(state_of(desk) == claimed);
  SECTION("held") {
    desk.undo();
    CHECK(state_of(desk) == before);
  }
  SECTION("ended") {
    desk.clock.advance(std::chrono::minutes(6));
    desk.claims.expire();
    const auto failure = refusal(desk, {.rev = 2});
    CHECK(failure.message() == "cannot undo revision 2: nothing is left of it");
    CHECK(desk.undo().what == "added 1  a");
  }
}

TEST_CASE("of times that follow from a status only the status is told") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  desk.move(1, "done");
  edit_as(desk, "bob", 1, R"({"status":"todo"})");
  CHECK(refusal(desk).message() ==
        "cannot undo revision 2: bob changed status of task 1 in revision 3");
}

TEST_CASE("a field that was changed and changed back was decided by somebody else") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  desk.edit(1, R"({"priority":"p0"})");
  edit_as(desk, "bob", 1, R"({"priority":"p1"})");
  edit_as(desk, "bob", 1, R"({"priority":"p0"})");
  CHECK_THAT(refusal(desk).message(), ContainsSubstring("bob changed priority of task 1"));
  desk.undo({}, "bob");
  desk.undo({}, "bob");
  // Taken back it does not count any more.
  desk.undo();
  CHECK(desk.task(1).priority == model::Priority::kP2);
}

TEST_CASE("a deleted task does not come back when what it names is gone or taken") {
  Desk desk;
  desk.add_project("web");
  desk.add_sprint(R"({"name":"S"})");
  desk.start("S");
  desk.add(R"({"title":"a","project":"web","sprint":1,"external_id":"x:1"})");
  desk.remove(1);
  const std::int64_t rev = desk.head();
  desk.clock.advance(std::chrono::seconds(1));
  SECTION("its project") {
    desk.projects.remove(write(), "web", service::Leftovers::kRefuse);
    CHECK_THAT(refusal(desk, {.rev = rev}).message(),
               EndsWith("project 'web' of task 1 is gone, since ana deleted project web in "
                        "revision 6"));
  }
  SECTION("its sprint was closed, whose report is written") {
    desk.close("S");
    CHECK_THAT(refusal(desk, {.rev = rev}).message(),
               EndsWith("sprint 'S' of task 1 is closed meanwhile, since ana changed state of "
                        "sprint 1 in revision 6"));
  }
  SECTION("its external id") {
    desk.tasks.create(write("bob"), wire::decode_new_task(R"({"title":"b","external_id":"x:1"})"));
    const auto failure = refusal(desk, {.rev = rev});
    CHECK_THAT(failure.message(),
               EndsWith("external id 'x:1' is task 2's now, since bob made task 2 in revision 6"));
    CHECK(failure.hint() == "to take that back first: taskman undo 6");
  }
}

TEST_CASE("a new task does not go when others use it") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  SECTION("a task waits for it") {
    desk.tasks.create(write("bob"), wire::decode_new_task(R"({"title":"b","blocked_by":[1]})"));
    CHECK_THAT(refusal(desk).message(),
               EndsWith("task 2 waits for task 1, since bob made task 2 in revision 2"));
  }
  SECTION("a task is part of it") {
    desk.tasks.create(write("bob"), wire::decode_new_task(R"({"title":"b","parent":1})"));
    CHECK_THAT(refusal(desk).message(),
               EndsWith("task 2 is part of task 1, since bob made task 2 in revision 2"));
  }
  SECTION("somebody commented it") {
    desk.tasks.comment(write("bob"), {1}, "hm");
    CHECK_THAT(refusal(desk).message(), EndsWith("bob commented task 1 in revision 2"));
  }
  SECTION("somebody deleted it") {
    desk.tasks.remove(write("bob"), {1});
    CHECK_THAT(refusal(desk).message(), EndsWith("bob deleted task 1 in revision 2"));
  }
}

TEST_CASE("rules that are broken since tell who did it, in which revision, and the way out") {
  Desk desk;
  const auto by_bob = [&](std::string_view task) {
    desk.tasks.create(write("bob"), wire::decode_new_task(task));
  };
  std::string expected;
  std::int64_t rev = 0;
  SECTION("a new sprint has a task") {
    desk.add_sprint(R"({"name":"Z"})");
    by_bob(R"({"title":"in","sprint":1})");
    expected = "task 1 is in sprint 1, since bob made task 1";
  }
  SECTION("a new project has a task") {
    desk.add_project("web");
    by_bob(R"({"title":"in","project":"web"})");
    expected = "task 1 is in project web, since bob made task 1";
  }
  SECTION("the blocker is gone") {
    desk.add(R"({"title":"a"})");
    desk.add(R"({"title":"b","blocked_by":[1]})");
    desk.edit(2, R"({"blocked_by":[]})");
    rev = desk.head();
    desk.tasks.remove(write("bob"), {1});
    expected = "task 1, which task 2 waits for, is gone, since bob deleted task 1";
  }
  SECTION("the name is taken") {
    desk.add_sprint(R"({"name":"S1"})");
    desk.sprints.remove(write(), {.word = "S1", .project = {}}, service::Leftovers::kRefuse);
    rev = desk.head();
    desk.sprints.create(write("bob"), wire::decode_new_sprint(R"({"name":"S1"})"));
    expected = "another sprint is called 'S1' now, since bob made sprint 2";
  }
  const auto failure = refusal(desk, {.rev = rev == 0 ? std::nullopt : std::optional(rev)});
  const std::string head = std::to_string(desk.head());
  CHECK_THAT(failure.message(), EndsWith(expected + " in revision " + head));
  CHECK(failure.hint() == "to take that back first: taskman undo " + head);
}

TEST_CASE("the sprint that a redo needs is gone: by whom") {
  Desk desk;
  desk.add_sprint(R"({"name":"Y"})");
  desk.add(R"({"title":"in","sprint":1})");
  desk.undo();
  desk.sprints.remove(write("bob"), {.word = "Y", .project = {}}, service::Leftovers::kRefuse);
  const auto failure = refusal(desk, {.redo = true});
  CHECK(failure.message() ==
        "cannot redo revision 2: sprint 1 of task 1 is gone, since bob deleted sprint 1 in "
        "revision 4");
  CHECK(failure.hint() == "to take that back first: taskman undo 4");
}

TEST_CASE("of several changes in the way the newest has to go first") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  desk.claims.claim(write("w1"), {1}, {});
  desk.tasks.move(write("w1"), {1}, {.verb = "done", .reason = {}});
  const auto failure = refusal(desk);
  CHECK_THAT(failure.message(), ContainsSubstring("w1 changed assignee of task 1 in revision 2"));
  CHECK(failure.hint() == "to take the newest of them back first: taskman undo 3");
  // Which leads out.
  desk.undo({.rev = 3});
  CHECK(refusal(desk, {.rev = 1}).hint() == "to take that back first: taskman undo 2");
  desk.undo({.rev = 2});
  desk.undo({.rev = 1});
}

TEST_CASE("nothing to redo is told with the way to name one") {
  Desk desk;
  CHECK_THAT(refusal(desk, {.redo = true}).hint(), EndsWith("of another: taskman redo REV"));
  CHECK_THAT(refusal(desk).hint(), EndsWith("of another: taskman undo REV"));
}

TEST_CASE("edges that would close a circle by now are not put back") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  desk.add(R"({"title":"b","blocked_by":[1]})");
  desk.edit(2, R"({"blocked_by":[]})");
  edit_as(desk, "bob", 1, R"({"blocked_by":[2]})");
  CHECK_THAT(refusal(desk).message(), ContainsSubstring("would go in a circle: "));
  CHECK_THAT(refusal(desk).message(),
             EndsWith(", since bob changed blocked_by of task 1 in revision 4"));
}

TEST_CASE("external ids change hands, also on the way back") {
  Desk desk;
  desk.add(R"({"title":"a","external_id":"x"})");
  desk.add(R"({"title":"b"})");
  const State before = state_of(desk);
  desk.edit(1, R"({"external_id":null})");
  desk.edit(2, R"({"external_id":"x"})");
  CHECK_THAT(refusal(desk, {.rev = 3}).message(),
             EndsWith("external id 'x' is task 2's now, since ana changed external_id of task 2 in "
                      "revision 4"));
  desk.undo();
  desk.undo();
  CHECK(state_of(desk) == before);
}

TEST_CASE("a revision that is not there, or not any more, is named") {
  Desk desk;
  for (int i = 0; i < 4; ++i) desk.add(R"({"title":"a"})");
  CHECK(refusal(desk, {.rev = 9}).message() == "no revision 9");
  desk.store->write(
      [&](store::WriteTx& tx) { tx.prune_log({.entries = 2}, desk.clock.now(), 100); });
  for (const std::int64_t rev : {1, 2}) {
    const auto failure = refusal(desk, {.rev = rev});
    CHECK(failure.code() == Code::kNotFound);
    CHECK_THAT(failure.message(), EndsWith("is not in the log any more, so it cannot be undone"));
    CHECK_THAT(refusal(desk, {.rev = rev, .redo = true}).message(), EndsWith("cannot be redone"));
  }
  desk.undo();
  desk.undo();
  CHECK(refusal(desk).code() == Code::kNothing);
}

}  // namespace
}  // namespace taskman::test
