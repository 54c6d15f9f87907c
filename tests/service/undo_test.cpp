// Taking back what was done, and bringing it back.

#include "daemon/service/batch.hpp"
#include "service/undo_support.hpp"

namespace taskman::test {
namespace {

using Changes = std::vector<std::string>;

TEST_CASE("an undo takes the caller's newest changeset back, again the one before") {
  Desk desk;
  desk.add(R"({"title":"Fix login"})");
  const State added = state_of(desk);
  desk.edit(1, R"({"points":3})");
  const State edited = state_of(desk);
  desk.move(1, "done");
  const auto report = desk.undo();
  CHECK(report.verb == "undo");
  CHECK(report.rev == 4);
  CHECK(report.of == 3);
  CHECK(report.what == "done 1  Fix login");
  CHECK(state_of(desk) == edited);
  CHECK(desk.last_changes() == Changes{"task.updated 1"});
  CHECK(desk.undo().what == "edited 1  Fix login: points");
  CHECK(state_of(desk) == added);
  CHECK(desk.undo().what == "added 1  Fix login");
  CHECK(state_of(desk).empty());
  CHECK(refusal(desk).code() == Code::kNothing);
}

TEST_CASE("redos bring back what undos took, the last one first, and can be undone in turn") {
  Desk desk;
  desk.add(R"({"title":"Fix login"})");
  desk.move(1, "done");
  const State done = state_of(desk);
  desk.undo();
  desk.undo();
  CHECK(desk.undo({.redo = true}).original == 1);
  const auto report = desk.undo({.redo = true});
  CHECK(report.verb == "redo");
  CHECK(report.original == 2);
  CHECK(report.what == "done 1  Fix login");
  CHECK(state_of(desk) == done);
  CHECK(refusal(desk, {.redo = true}).code() == Code::kNothing);
  CHECK(desk.undo().original == 2);
  CHECK(desk.undo({.rev = 2, .redo = true}).original == 2);
  CHECK(state_of(desk) == done);
}

TEST_CASE("later changes of other fields stay") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  desk.move(1, "done");
  edit_as(desk, "bob", 1, R"({"points":5})");
  desk.undo();
  CHECK(desk.task(1).status == model::Status::kTodo);
  CHECK(desk.task(1).points == 5);
}

TEST_CASE("a deleted task comes back with its id, its comments, and what waited for it") {
  Desk desk;
  desk.add_sprint(R"({"name":"S"})");
  desk.add(R"({"title":"a","sprint":1,"points":2,"body":"long","labels":["x"]})");
  desk.add(R"({"title":"b","blocked_by":[1],"parent":1})");
  desk.tasks.comment(write("bob"), {1}, "hm");
  desk.edit(1, R"({"title":"A"})");
  const State before = state_of(desk);
  const auto version = desk.task(1).version;
  desk.remove(1);
  const auto report = desk.undo();
  CHECK(report.what == "deleted 1  A, and 1 other change");
  CHECK(state_of(desk) == before);
  CHECK(desk.task(1).version > version);
  CHECK_FALSE(desk.task(2).ready);
  CHECK(desk.progress("S").progress.points[0] == 2);
  CHECK(desk.last_changes() ==
        Changes{"task.created 1", "task.updated 2", "task.commented 1", "sprint.progress 1"});
  desk.undo({.redo = true});
  CHECK(desk.ids("") == std::vector<std::int64_t>{2});
  desk.undo();
  CHECK(state_of(desk) == before);
}

TEST_CASE("a comment is taken back and comes again under its id") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  desk.tasks.comment(write(), {1}, "hm");
  const State before = state_of(desk);
  desk.undo();
  CHECK(desk.last_changes() == Changes{"task.uncommented 1"});
  CHECK(items(envelope(desk.tasks.comments({1}))).empty());
  desk.undo({.redo = true});
  CHECK(state_of(desk) == before);
  desk.tasks.remove(write("bob"), {1});
  CHECK_THAT(refusal(desk).message(), EndsWith("bob deleted task 1 in revision 5"));
}

TEST_CASE("the close of a sprint: its tasks go back, the report vanishes, it is active again") {
  Desk desk;
  desk.add_sprint(R"({"name":"S1"})");
  desk.add_sprint(R"({"name":"S2"})");
  desk.add(R"({"title":"a","sprint":1})");
  desk.add(R"({"title":"b","sprint":1})");
  desk.move(1, "done");
  desk.start("S1");
  const State before = state_of(desk);
  desk.clock.advance(std::chrono::seconds(1));
  desk.close("S1", R"({"carry":"S2"})");
  SECTION("and nothing stands in the way") {
    CHECK(desk.undo().what == "closed sprint 'S1' (1 task)");
    CHECK(state_of(desk) == before);
    CHECK(desk.progress("S1").progress.tasks[0] == 1);
    CHECK(desk.progress("S2").progress.tasks[0] == 0);
  }
  SECTION("another one is active by now") {
    desk.sprints.start(write("bob"), {.word = "S2", .project = {}});
    CHECK(
        refusal(desk).message() ==
        "cannot undo revision 7: sprint 'S2' is active already, since bob changed state of sprint "
        "2 in revision 8");
  }
}

TEST_CASE("sprints and projects come and go as tasks do") {
  Desk desk;
  desk.add_project("web");
  desk.add_sprint(R"({"name":"S","project":"web"})");
  desk.add(R"({"title":"a","project":"web","sprint":1})");
  const State before = state_of(desk);
  desk.projects.remove(write(), "web", service::Leftovers::kDetach);
  desk.sprints.remove(write(), {.word = "1", .project = {}}, service::Leftovers::kDetach);
  CHECK(desk.undo().what == "deleted sprint 'S' (1 task)");
  CHECK(desk.undo().what == "deleted project web (1 task)");
  CHECK(state_of(desk) == before);
  CHECK(refusal(desk, {.rev = 2}).message() ==
        "cannot undo revision 2: task 1 is in sprint 1, since ana made task 1 in revision 3");
  CHECK_THAT(refusal(desk, {.rev = 1}).message(), ContainsSubstring("task 1 is in project web"));
  desk.undo();
  desk.undo();
  desk.undo();
  CHECK(state_of(desk).empty());
}

TEST_CASE("a bulk edit and an import are undone in one step") {
  Desk desk;
  desk.add(R"({"title":"old","external_id":"x:9"})");
  const State before = state_of(desk);
  desk.import(R"({"kind":"project","key":"web"}
{"kind":"sprint","id":5,"name":"S","project":"web"}
{"kind":"task","id":50,"title":"a","project":"web","sprint":5}
{"kind":"task","id":51,"title":"b","blocked_by":[50],"parent":50}
{"kind":"task","title":"new","external_id":"x:9"}
{"kind":"comment","task":51,"text":"hm"}
)");
  const State imported = state_of(desk);
  desk.bulk(R"({"verb":"done","ids":[1,2,3]})");
  CHECK(desk.undo().what == "done 1  new (3 tasks)");
  CHECK(state_of(desk) == imported);
  CHECK(desk.undo().what == "added 2  a (2 tasks), and 4 other changes");
  CHECK(state_of(desk) == before);
  desk.undo({.redo = true});
  CHECK(state_of(desk) == imported);
}

TEST_CASE("a batch is undone in one step, also one that makes, changes and deletes") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  desk.tasks.comment(write("bob"), {1}, "hm");
  desk.add(R"({"title":"b","blocked_by":[1]})");
  const State before = state_of(desk);
  const service::Batch batch(desk.base);
  batch.run(write(), R"({"verb":"task comment","id":1,"text":"gone with it"}
{"verb":"task delete","id":1}
{"verb":"sprint add","name":"S"}
{"verb":"task add","title":"c","sprint":"$3","blocked_by":[2]}
{"verb":"task done","id":2}
{"verb":"task comment","id":"$4","text":"new"})");
  const State after = state_of(desk);
  CHECK(desk.head() == 4);
  desk.undo();
  CHECK(state_of(desk) == before);
  desk.undo({.redo = true});
  CHECK(state_of(desk) == after);
}

TEST_CASE("without a revision it is one's own; another's is undone when it is named") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  edit_as(desk, "bob", 1, R"({"points":1})");
  CHECK(refusal(desk, {}, "cy").code() == Code::kNothing);
  CHECK(desk.undo({.rev = 2}, "cy").what == "edited 1  a: points");
  CHECK(refusal(desk, {}, "bob").code() == Code::kNothing);
  CHECK(desk.undo({.redo = true}, "cy").original == 2);
  CHECK(desk.undo({}, "bob").original == 2);
}

TEST_CASE("a lease whose time is over does not come back") {
  Desk desk;
  desk.import(R"({"kind":"task","title":"a","lease":{"holder":"bot","until":"2100-01-01T00:00:00Z"}}
{"kind":"task","title":"b","lease":{"holder":"bot","until":"2000-01-01T00:00:00Z"}}
)");
  desk.bulk(R"({"verb":"done","ids":[1,2]})");
  desk.undo();
  CHECK(desk.task(1).lease.has_value());
  CHECK_FALSE(desk.task(2).lease.has_value());
}

TEST_CASE("a dry run tells the changes and makes none; a key makes an undo once") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  auto dry = write();
  dry.commit = store::Commit::kDryRun;
  const auto report = wire::decode_undo_report(envelope(desk.history.undo(dry, {})).data);
  CHECK_FALSE(report.rev);
  CHECK_THAT(report.changes.value(), StartsWith(R"([{"type":"task.deleted","id":1,)"));
  CHECK(desk.head() == 1);
  CHECK_FALSE(desk.history.undo(keyed("k"), {}).replayed);
  CHECK(desk.history.undo(keyed("k"), {}).replayed);
  CHECK(desk.head() == 2);
}

TEST_CASE("the list tells what the caller did, and what of it can be undone") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  edit_as(desk, "bob", 1, R"({"points":1})");
  desk.edit(1, R"({"title":"A"})");
  desk.undo();
  std::vector<wire::UndoItem> listed;
  for (const auto& item : items(envelope(desk.history.list({"ana", "test"}, 20))))
    listed.push_back(wire::decode_undo_item(item));
  REQUIRE(listed.size() == 3);
  CHECK(listed[0].rev == 4);
  CHECK(listed[0].what == "undo of 3: edited 1  A: title");
  CHECK(listed[0].undoable);
  CHECK(listed[1].state == "undone");
  CHECK(listed[1].undone_by == 4);
  CHECK_FALSE(listed[1].undoable);
  CHECK(listed[2].state == "done");
  CHECK(listed[2].reason == "bob changed points of task 1 in revision 2");
  const auto cut = envelope(desk.history.list({"ana", "test"}, 1));
  CHECK(items(cut).size() == 1);
  CHECK(cut.notices ==
        std::vector<std::string>{"the newest 1 are shown, there are more: see --limit"});
  CHECK(envelope(desk.history.list({"ana", "test"}, 3)).notices.empty());
}

}  // namespace
}  // namespace taskman::test
