// A sprint tells for good what was in it when it was started and when it was closed. A redo that
// would tell it again is refused when others touched its tasks meanwhile.

#include "daemon/service/batch.hpp"
#include "service/undo_support.hpp"

namespace taskman::test {
namespace {

struct SprintDesk : Desk {
  SprintDesk() {
    add_sprint(R"({"name":"S1"})");
    add_sprint(R"({"name":"S2"})");
    add(R"({"title":"a","sprint":1,"points":1})");
    add(R"({"title":"b","sprint":1,"points":2})");
    add(R"({"title":"c"})");
    clock.advance(std::chrono::seconds(1));
  }
  /// Started, task 1 done; closed, task 2 carried; taken back.
  void close_and_undo(const std::string& carry = "none") {
    start("S1");
    move(1, "done");
    close("S1", R"({"carry":")" + carry + "\"}");
    undo();
  }
  void move_as(const std::string& actor, std::int64_t id, const std::string& verb) {
    tasks.move(write(actor), {id}, {.verb = verb, .reason = {}});
  }
  void add_as(const std::string& actor, std::string_view json) {
    tasks.create(write(actor), wire::decode_new_task(json));
  }
  error::Error refused() { return refusal(*this, {.redo = true}); }
};

TEST_CASE("the close of a sprint is not redone when its report would not be true") {
  SprintDesk desk;
  desk.close_and_undo();
  const std::string rev = std::to_string(desk.head() + 1);
  std::string expected;
  SECTION("what was open is done") {
    desk.move_as("bob", 2, "done");
    expected = "bob changed status of task 2";
  }
  SECTION("what was done is open") {
    desk.move_as("bob", 1, "reopen");
    expected = "bob changed status of task 1";
  }
  SECTION("other points") {
    edit_as(desk, "bob", 2, R"({"points":9})");
    expected = "bob changed points of task 2";
  }
  SECTION("a task came in") {
    desk.add_as("bob", R"({"title":"late","sprint":1})");
    expected = "bob made task 4";
  }
  SECTION("a task was put in") {
    edit_as(desk, "bob", 3, R"({"sprint":1})");
    expected = "bob changed sprint of task 3";
  }
  SECTION("a task was taken out") {
    edit_as(desk, "bob", 1, R"({"sprint":null})");
    expected = "bob changed sprint of task 1";
  }
  SECTION("a task is gone") {
    desk.tasks.remove(write("bob"), {1});
    expected = "bob deleted task 1";
  }
  const auto failure = desk.refused();
  CHECK(failure.code() == Code::kConflict);
  CHECK_THAT(failure.message(), ContainsSubstring("cannot redo revision "));
  CHECK_THAT(failure.message(), ContainsSubstring(expected + " in revision " + rev + ", which"));
  CHECK(failure.hint() == "to close it with its tasks as they are: taskman sprint close S1");
  // And when that was taken back, nothing stands in the way.
  desk.undo({.rev = desk.head()}, "bob");
  CHECK(desk.undo({.rev = desk.head() - 2, .redo = true}).what == "closed sprint 'S1' (1 task)");
}

TEST_CASE("nor when what changed was to be carried on") {
  SprintDesk desk;
  desk.close_and_undo("S2");
  desk.move_as("bob", 2, "done");
  CHECK_THAT(desk.refused().message(), ContainsSubstring("bob changed status of task 2"));
}

TEST_CASE("the start of a sprint is not redone when other tasks are in it") {
  SprintDesk desk;
  desk.start("S1");
  desk.undo();
  SECTION("one more") { edit_as(desk, "bob", 3, R"({"sprint":1})"); }
  SECTION("one less") { edit_as(desk, "bob", 1, R"({"sprint":2})"); }
  SECTION("of another size") { edit_as(desk, "bob", 1, R"({"points":8})"); }
  const auto failure = desk.refused();
  CHECK_THAT(failure.message(), EndsWith("which what was committed to sprint 'S1' would not tell"));
  CHECK(failure.hint() == "to start it with its tasks as they are: taskman sprint start S1");
}

TEST_CASE("what a report does not tell may change, and what was changed back is as it was") {
  SprintDesk desk;
  desk.close_and_undo();
  const std::int64_t undone = desk.head();
  edit_as(desk, "bob", 2, R"({"title":"B","labels":["x"]})");
  edit_as(desk, "bob", 3, R"({"points":5})");
  edit_as(desk, "bob", 2, R"({"points":9})");
  desk.undo({}, "bob");
  desk.undo({.rev = undone});
  CHECK(desk.progress("S1").sprint.report->progress.points[0] == 2);
  desk.undo();
  CHECK(desk.progress("S1").sprint.state == model::SprintState::kActive);
  CHECK_FALSE(desk.progress("S1").sprint.report);
}

TEST_CASE("a claim that is over is no change, one that goes on is") {
  SprintDesk desk;
  desk.close_and_undo();
  const std::string rev = std::to_string(desk.head() + 1);
  desk.claims.claim(write("bob"), {2}, {});
  CHECK_THAT(desk.refused().message(),
             ContainsSubstring("bob changed status of task 2 in revision " + rev));
  desk.claims.release(write("bob"), {2}, {});
  desk.undo({.redo = true});
  CHECK(desk.progress("S1").sprint.state == model::SprintState::kClosed);
}

TEST_CASE("a batch that makes a sprint and starts it is not redone over changed tasks") {
  SprintDesk desk;
  service::Batch batch(desk.base);
  batch.run(write(), R"({"verb":"sprint add","name":"S3"}
{"verb":"task edit","id":3,"sprint":3}
{"verb":"sprint start","id":3}
)");
  desk.undo();
  SECTION("its task has another size") {
    edit_as(desk, "bob", 3, R"({"points":5})");
    CHECK_THAT(desk.refused().message(), ContainsSubstring("bob changed points of task 3"));
  }
  SECTION("as it was") {
    desk.undo({.redo = true});
    CHECK(desk.task(3).sprint == model::SprintId{3});
  }
}

TEST_CASE("a deleted sprint comes back with what it told long ago") {
  SprintDesk desk;
  desk.start("S1");
  const auto committed = desk.progress("S1").sprint.committed;
  desk.sprints.remove(write(), {.word = "S1", .project = {}}, service::Leftovers::kDetach);
  edit_as(desk, "bob", 1, R"({"points":8})");
  desk.undo();
  CHECK(desk.progress("S1").sprint.committed == committed);
}

TEST_CASE("what another's report counted is not taken out of it, nor opened") {
  SprintDesk desk;
  desk.start("S1");
  edit_as(desk, "bob", 3, R"({"sprint":1})");
  desk.bulk(R"({"verb":"done","ids":[1,2,3]})");
  const std::int64_t done = desk.head();
  desk.clock.advance(std::chrono::seconds(1));
  desk.sprints.close(write("cy"), {.word = "S1", .project = {}}, {});
  const std::string by =
      ", since cy changed state of sprint 1 in revision " + std::to_string(desk.head());
  const auto opened = refusal(desk, {.rev = done});
  CHECK_THAT(opened.message(),
             ContainsSubstring("task 1 counts in the report of sprint 'S1'" + by));
  CHECK(opened.hint() == "to take that back first: taskman undo " + std::to_string(desk.head()));
  CHECK_THAT(refusal(desk, {.rev = done - 1}).message(),
             EndsWith("task 3 counts in the report of sprint 'S1'" + by));
}

TEST_CASE("the days of a sprint that two people moved stay in order") {
  SprintDesk desk;
  desk.sprints.edit(write(), {.word = "S1", .project = {}},
                    wire::decode_sprint_edit(R"({"start":"2026-11-10","end":"2026-11-20"})"));
  desk.sprints.edit(write(), {.word = "S1", .project = {}},
                    wire::decode_sprint_edit(R"({"start":"2026-11-01"})"));
  desk.sprints.edit(write("bob"), {.word = "S1", .project = {}},
                    wire::decode_sprint_edit(R"({"end":"2026-11-05"})"));
  CHECK_THAT(refusal(desk).message(),
             EndsWith(", since bob changed end of sprint 1 in revision 8"));
}

}  // namespace
}  // namespace taskman::test
