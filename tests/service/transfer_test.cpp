#include "service/desk.hpp"

namespace taskman::test {
namespace {

using Changes = std::vector<std::string>;
using wire::ImportOutcome;

error::Error refused(Desk& desk, std::string_view lines) {
  return error_of([&] { desk.import(lines); });
}

std::vector<ImportOutcome> outcomes(const wire::ImportReport& report) {
  std::vector<ImportOutcome> found;
  for (const auto& result : report.results) found.push_back(result.outcome);
  return found;
}

// Something of everything: gaps in ids, history, edges in both directions, an ended sprint.
void fill(Desk& desk) {
  desk.add_project("web");
  desk.add_sprint(
      R"({"name":"S1","project":"web","goal":"ship","start":"2026-11-16","end":"2026-11-27"})");
  desk.add(
      R"({"title":"a","body":"two\nlines","project":"web","sprint":"S1","points":3,"labels":["x","y"]})");
  desk.add(R"({"title":"gone"})");
  desk.add(
      R"({"title":"b","sprint":"S1","due":"2026-12-01","assignee":"bob","external_id":"github:o/r#1"})");
  desk.start("S1");
  desk.remove(2);
  desk.clock.advance(std::chrono::hours{1});
  desk.add(R"({"title":"c","parent":3,"status":"blocked","blocked_reason":"vendor"})");
  desk.edit(1, R"({"add_blocked_by":[4]})");
  desk.tasks.comment(write(), {1}, "first");
  desk.move(3, "done");
  desk.close("S1", R"({"carry":"none"})");
  desk.add_sprint(R"({"name":"S2"})");
}

TEST_CASE("export, import into an empty store, export again: the same bytes") {
  Desk first;
  fill(first);
  const std::string exported = first.transfer.export_all().text;
  Desk second;
  second.clock.advance(std::chrono::hours{100});
  const auto report = second.import(exported);
  CHECK(report.created == 7);
  CHECK(second.transfer.export_all().text == exported);
  CHECK(second.head() == 1);
  CHECK(second.progress("S1").progress == first.progress("S1").progress);
  CHECK(second.add(R"({"title":"new"})").id.value == 5);
}

TEST_CASE("keys of an import that differ in case only are one project") {
  Desk desk;
  desk.add_project("web");
  const std::string lines = R"({"title":"a","project":"WEB","external_id":"1"}
{"title":"b","project":"Api","external_id":"2"}
{"title":"c","project":"API","external_id":"3"}
{"kind":"sprint","name":"S1","project":"Web"})";
  CHECK(desk.import(lines).invalid == 0);
  CHECK(desk.task(1).project == "web");
  CHECK(desk.task(2).project == "Api");
  CHECK(desk.task(3).project == "Api");
  CHECK(desk.progress("S1").sprint.project == "web");
  CHECK(items(envelope(desk.projects.list())).size() == 2);
  CHECK(desk.import(lines).unchanged == 4);
}

TEST_CASE("an import is one changeset in which what is named comes before who names it") {
  Desk desk;
  desk.import(R"({"title":"a","project":"web"}
{"kind":"sprint","name":"S1"}
{"kind":"comment","task":7,"text":"hello"}
{"title":"b","id":7,"sprint":"S1"})");
  CHECK(desk.head() == 1);
  CHECK(desk.last_changes() == Changes{"project.created web", "sprint.created 1", "task.created 7",
                                       "task.created 8", "task.commented 7", "sprint.progress 1"});
}

TEST_CASE("a line without a kind is a task, and only a title is needed") {
  Desk desk;
  const auto report = desk.import("{\"title\":\"a\"}\n\n{\"title\":\"b\"}\n");
  CHECK(report.created == 2);
  CHECK(report.results[1].line == 3);
  CHECK(desk.task(2).title == "b");
}

TEST_CASE("a second import of what has external ids changes nothing") {
  Desk desk;
  const std::string lines =
      R"({"title":"a","external_id":"x:1","blocked_by":["x:2"],"labels":["l"],"status":"done"}
{"title":"b","external_id":"x:2","created_at":"2026-01-01T00:00:00Z","project":"web"}
{"kind":"comment","task":"x:1","author":"bob","text":"hi","at":"2026-01-02T00:00:00Z"}
{"kind":"project","key":"web","name":"Website"}
{"kind":"sprint","name":"S1","state":"closed"})";
  CHECK(desk.import(lines).created == 5);
  const std::string before = desk.transfer.export_all().text;
  desk.clock.advance(std::chrono::hours{1});
  CHECK(desk.import(lines).unchanged == 5);
  CHECK(desk.head() == 1);
  CHECK(desk.transfer.export_all().text == before);
}

TEST_CASE("an export that comes back to its own store changes nothing, or what was changed since") {
  Desk desk;
  fill(desk);
  const std::string exported = desk.transfer.export_all().text;
  const auto head = desk.head();
  CHECK(desk.import(exported).unchanged == 7);
  CHECK(desk.head() == head);
  desk.edit(1, R"({"title":"changed since"})");
  const auto report = desk.import(exported);
  CHECK(report.updated == 1);
  CHECK(report.created == 0);
  CHECK(desk.task(1).title == "a");
}

TEST_CASE("an export of another store makes new tasks, whatever their ids") {
  Desk first;
  fill(first);
  Desk second;
  second.clock.advance(std::chrono::hours{100});
  second.add(R"({"title":"here already"})");
  const auto report = second.import(first.transfer.export_all().text);
  CHECK(report.created == 7);
  CHECK(second.task(1).title == "here already");
}

TEST_CASE("a record that is known by its external id is updated where it differs") {
  Desk desk;
  desk.import(R"({"title":"a","external_id":"x:1","points":3,"body":"keep"})");
  const auto report =
      desk.import(R"({"title":"b","external_id":"x:1","status":"done","points":null})");
  CHECK(outcomes(report) == std::vector{ImportOutcome::kUpdated});
  const auto task = desk.task(1);
  CHECK(task.title == "b");
  CHECK(task.body == "keep");
  CHECK_FALSE(task.points.has_value());
  CHECK(task.version == 2);
  CHECK(task.closed_at == desk.clock.now());
  CHECK(outcomes(desk.import(R"({"title":"b","external_id":"x:1","status":"in_progress"})")) ==
        std::vector{ImportOutcome::kUpdated});
}

TEST_CASE("in a store that is not empty ids are new, and references follow them") {
  Desk desk;
  desk.add(R"({"title":"here already"})");
  const auto report = desk.import(R"({"id":1,"title":"a","blocked_by":[2]}
{"id":2,"title":"b"})");
  CHECK(std::get<std::int64_t>(*report.results[0].id) == 2);
  CHECK(desk.task(2).blocked_by == std::vector<model::TaskId>{{3}});
  CHECK(desk.task(1).title == "here already");
}

TEST_CASE("a bad line is named with its reason, and nothing is imported") {
  Desk desk;
  const auto failure = refused(desk, R"({"title":"a"}
{"title":"b","points":"many"}
not json
{"title":"c","titel":"d"})");
  CHECK(failure.code() == Code::kInvalidValue);
  REQUIRE(failure.fields().size() == 3);
  CHECK(failure.fields()[0].name == "2");
  CHECK_THAT(failure.fields()[0].message, ContainsSubstring("points"));
  CHECK(failure.fields()[1].name == "3");
  CHECK_THAT(failure.fields()[2].message, ContainsSubstring("titel"));
  CHECK_THAT(failure.message(), StartsWith("line 2: ") && EndsWith("(and 2 more)"));
  CHECK(desk.head() == 0);
}

TEST_CASE("bad lines may be left out; what leans on them goes with them") {
  Desk desk;
  const auto answer = desk.transfer.import(write(), R"({"id":1,"title":"a","points":-1}
{"id":2,"title":"b","blocked_by":[1]}
{"id":3,"title":"c","parent":2}
{"id":4,"title":"d"}
{"kind":"comment","task":2,"text":"hello"})",
                                           service::InvalidLines::kSkip);
  const auto report = wire::decode_import_report(envelope(answer).data);
  CHECK(report.invalid == 4);
  CHECK(report.created == 1);
  CHECK(report.results[1].message == "task 1 is neither imported nor in the store");
  CHECK(desk.ids("") == std::vector<std::int64_t>{4});
}

TEST_CASE("circles among imported tasks are refused on the lines that close them") {
  Desk desk;
  const auto failure = refused(desk, R"({"id":1,"title":"a","blocked_by":[2]}
{"id":2,"title":"b","blocked_by":[3]}
{"id":3,"title":"c","blocked_by":[1]}
{"id":4,"title":"d","blocked_by":[3]})");
  REQUIRE(failure.fields().size() == 4);
  CHECK(failure.fields()[0].message == "blocked_by goes in a circle");
  CHECK_THAT(refused(desk, R"({"id":1,"title":"a","parent":1})").message(),
             ContainsSubstring("parent goes in a circle"));
}

TEST_CASE("a circle through what is stored is found as well") {
  Desk desk;
  desk.import(R"({"title":"a","external_id":"x:1"}
{"title":"b","external_id":"x:2","blocked_by":["x:1"]})");
  CHECK(refused(desk, R"({"title":"a","external_id":"x:1","blocked_by":["x:2"]})").code() ==
        Code::kInvalidValue);
}

TEST_CASE("ids and external ids given twice are refused on the second line") {
  Desk desk;
  CHECK(refused(desk, "{\"id\":1,\"title\":\"a\"}\n{\"id\":1,\"title\":\"b\"}").fields()[0].name ==
        "2");
  const auto failure = refused(desk, R"({"title":"a","external_id":"x:1"}
{"title":"b","external_id":"x:1"})");
  CHECK(failure.fields()[0].message == "external_id 'x:1' is on an earlier line, too");
}

TEST_CASE("a dry run of an import reports and keeps nothing") {
  Desk desk;
  auto request = write();
  request.commit = store::Commit::kDryRun;
  const auto answer =
      desk.transfer.import(request, R"({"title":"a"})", service::InvalidLines::kRefuseAll);
  const auto report = wire::decode_import_report(envelope(answer).data);
  CHECK(report.dry_run);
  CHECK(report.created == 1);
  CHECK(desk.head() == 0);
}

TEST_CASE("a second active sprint of a project is refused") {
  Desk desk;
  const auto failure = refused(desk, R"({"kind":"sprint","name":"S1","state":"active"}
{"kind":"sprint","name":"S2","state":"active"})");
  CHECK(failure.fields().front().name == "2");
}

TEST_CASE("a long chain of dependencies is imported in one go") {
  Desk desk;
  std::string lines;
  for (int i = 1; i <= 3000; ++i) {
    lines += R"({"id":)" + std::to_string(i) + R"(,"title":"t")";
    if (i < 3000) lines += R"(,"blocked_by":[)" + std::to_string(i + 1) + "]";
    lines += "}\n";
  }
  CHECK(desk.import(lines).created == 3000);
  CHECK(desk.ids("is:ready") == std::vector<std::int64_t>{3000});
}

}  // namespace
}  // namespace taskman::test
