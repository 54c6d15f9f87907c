// Many verbs in one transaction.

#include "daemon/service/batch.hpp"

#include "common/wire/batch.hpp"
#include "daemon/service/batch_verbs.hpp"
#include "service/desk.hpp"

namespace taskman::test {
namespace {

struct BatchDesk : Desk {
  wire::BatchReport run(std::string_view lines, service::WriteRequest request = write()) {
    return wire::decode_batch_report(envelope(batch.run(request, lines)).data);
  }
  service::Batch batch{base};
};

TEST_CASE("batch: what one line makes, a later one names") {
  BatchDesk desk;
  const auto report = desk.run(R"({"verb":"task add","title":"first"}
{"verb":"sprint add","name":"S"}

{"verb":"task add","title":"$1","body":"$2","parent":"$1","sprint":"$2","blocked_by":["$1"]}
{"verb":"task start","id":"$1"}
{"verb":"task dep remove","id":"$4","on":"$1"})");
  REQUIRE(report.results.size() == 5);
  CHECK(report.results[2] == wire::BatchResult{4, "task add", std::int64_t{2}});
  const auto second = desk.task(2);
  CHECK(second.title == "$1");  // titles are data
  CHECK(second.body == "$2");
  CHECK(second.parent == model::TaskId{1});
  CHECK(second.sprint == model::SprintId{1});
  CHECK(second.blocked_by.empty());
  CHECK(desk.task(1).status == model::Status::kInProgress);
  CHECK(desk.head() == 1);
  CHECK(desk.frames().size() == 1);
}

TEST_CASE("batch: the line that fails is named, with its own failure, and nothing is kept") {
  BatchDesk desk;
  desk.add(R"({"title":"there"})");
  const auto before = desk.head();
  const auto failing = [&](const std::string& line) {
    const auto failure = error_of([&] {
      desk.run(R"({"verb":"task done","id":1})"
               "\n\n" +
               line);
    });
    CHECK(failure.message().starts_with("line 3: "));
    CHECK(failure.hint().ends_with("nothing was changed"));
    REQUIRE(failure.fields().size() == 1);
    CHECK(failure.fields().front().name == "3");
    return failure.code();
  };
  CHECK(failing(R"({"verb":"task done","id":99})") == Code::kNotFound);
  CHECK(failing(R"({"verb":"task start","id":1})") == Code::kConflict);
  CHECK(failing(R"({"verb":"task doen","id":1})") == Code::kInvalidValue);
  CHECK(failing(R"({"verb":"task done"})") == Code::kInvalidValue);
  CHECK(failing(R"({"verb":"task done","id":"one"})") == Code::kInvalidValue);
  CHECK(failing(R"({"verb":"task done","id":"$1"})") == Code::kInvalidValue);  // it made nothing
  CHECK(failing(R"({"verb":"task done","id":"$3"})") == Code::kInvalidValue);  // itself
  CHECK(failing(R"({"verb":"task add","id":7,"title":"x"})") == Code::kInvalidValue);
  CHECK(failing(R"({"verb":"task done","id":1,"reason":"why"})") == Code::kInvalidValue);
  CHECK(failing(R"({"verb":"task dep add","id":1,"on":99})") == Code::kInvalidValue);
  CHECK(failing(R"({"title":"x"})") == Code::kInvalidValue);
  CHECK(failing(R"({"verb":)") == Code::kMalformedRequest);
  CHECK(desk.head() == before);
  CHECK(desk.task(1).status == model::Status::kTodo);
}

TEST_CASE("batch: a dry run tells the changes and makes none") {
  BatchDesk desk;
  auto request = write();
  request.commit = store::Commit::kDryRun;
  const std::string lines = R"({"verb":"task add","title":"x"})"
                            "\n"
                            R"({"verb":"task done","id":"$1"})";
  const auto dry = desk.run(lines, request);
  CHECK(dry.dry_run);
  CHECK(desk.head() == 0);
  CHECK(desk.ids("is:open").empty());
  const auto real = desk.run(lines);
  CHECK(real.changes == "[]");
  CHECK(desk.head() == 1);
  const auto frame = wire::encode_frame({.cursor = {1, 0},
                                         .at = desk.clock.now(),
                                         .actor = "ana",
                                         .origin = "cli",
                                         .changes = dry.changes,
                                         .subjects = "[]"},
                                        0);
  CHECK(wire::decode_frame(frame).changes.size() == desk.frames().front().changes.size());
}

TEST_CASE("batch: the same key again answers the first result") {
  BatchDesk desk;
  const std::string lines = R"({"verb":"task add","title":"x"})";
  const auto first = desk.batch.run(keyed("k"), lines);
  const auto again = desk.batch.run(keyed("k"), lines);
  CHECK(again.replayed);
  CHECK(again.body == first.body);
  CHECK(desk.head() == 1);
}

TEST_CASE("batch: sprints and projects go the whole way") {
  BatchDesk desk;
  desk.run(R"({"verb":"project add","key":"web","name":"Web"}
{"verb":"sprint add","name":"One","project":"web"}
{"verb":"sprint edit","id":"$2","goal":"ship"}
{"verb":"task add","title":"t","project":"web","sprint":"$2"}
{"verb":"sprint start","id":"$2"}
{"verb":"sprint close","id":"One","carry":"none"}
{"verb":"sprint delete","id":"$2","detach":true}
{"verb":"project edit","id":"web","name":"W"}
{"verb":"project delete","id":"web","detach":true})");
  CHECK(desk.head() == 1);
  CHECK(!desk.task(1).project);
  CHECK(!desk.task(1).sprint);
}

TEST_CASE("batch: the short names of the command line are verbs, too") {
  BatchDesk desk;
  const auto report = desk.run(R"({"verb":"add","title":"a"}
{"verb":"start","id":"$1"}
{"verb":"claim","id":"$1"}
{"verb":"done","id":"$1"})");
  REQUIRE(report.results.size() == 4);
  CHECK(report.results.front().verb == "task add");
  CHECK(report.results.back().verb == "task done");
  CHECK(desk.task(1).status == model::Status::kDone);
}

TEST_CASE("batch: what is no verb of it is told so, with those that are") {
  BatchDesk desk;
  for (const std::string verb : {"hooks add", "undo", "import", "config set", "task list"}) {
    const auto failure = error_of([&] { desk.run(R"({"verb":")" + verb + R"("})"); });
    CAPTURE(verb, failure.hint());
    CHECK(failure.message() == "line 1: '" + verb + "' is no verb of a batch");
  }
  CHECK_THAT(error_of([&] { desk.run(R"({"verb":"hooks add"})"); }).hint(),
             StartsWith("those that are: task add, task edit, task start, ") &&
                 ContainsSubstring(", project add, project edit, project delete"));
  CHECK(error_of([&] { desk.run(R"({"verb":"edit","id":1})"); }).hint() ==
        "did you mean task edit?; nothing was changed");
}

TEST_CASE("batch: the next task is claimed by its place in line, and named by its line") {
  BatchDesk desk;
  desk.add(R"({"title":"later","priority":"p3"})");
  desk.add(R"({"title":"label","priority":"p1","labels":["api"]})");
  const auto report =
      desk.run(R"({"verb":"task claim","next":true,"filter":"label:api","lease":"2m"}
{"verb":"claim","next":true,"order":"id"}
{"verb":"task done","id":"$1","if_claimed":true})");
  REQUIRE(report.results.size() == 3);
  CHECK(report.results[0] == wire::BatchResult{1, "task claim", std::int64_t{2}});
  CHECK(report.results[1].id == model::EntityId{std::int64_t{1}});
  CHECK(desk.task(2).status == model::Status::kDone);
  CHECK(desk.task(1).lease->holder == "ana");
  const auto failing = [&](const std::string& line) { return error_of([&] { desk.run(line); }); };
  CHECK(failing(R"({"verb":"claim","next":true})").code() == Code::kNothing);
  for (const auto line : {R"({"verb":"claim"})", R"({"verb":"claim","next":false})"})
    CHECK_THAT(failing(line).message(), ContainsSubstring(R"(or "next":true)"));
  CHECK(failing(R"({"verb":"claim","id":1,"next":true})").code() == Code::kMalformedRequest);
  CHECK(failing(R"({"verb":"claim","next":true,"label":"x"})").code() == Code::kMalformedRequest);
}

TEST_CASE("batch: a task whose lease ran out is a next one") {
  BatchDesk desk;
  desk.add(R"({"title":"a"})");
  desk.claims.claim(write("bob"), {1}, {std::chrono::seconds{1}});
  desk.clock.advance(std::chrono::seconds{2});
  desk.run(R"({"verb":"claim","next":true})");
  CHECK(desk.task(1).lease->holder == "ana");
  CHECK(desk.frames().at(2).actor == "taskmand");
}

TEST_CASE("batch: more lines than one transaction should hold are refused") {
  BatchDesk desk;
  std::string lines;
  for (int i = 0; i < 10'001; ++i) lines += "{\"verb\":\"task add\",\"title\":\"x\"}\n";
  CHECK(error_of([&] { desk.run(lines); }).code() == Code::kPayloadTooLarge);
}

TEST_CASE("bulk: a filter stands for the tasks that match it when the write is made") {
  Desk desk;
  desk.add(R"({"title":"a","labels":["api"]})");
  desk.add(R"({"title":"b"})");
  desk.add(R"({"title":"c","labels":["api"]})");
  const auto tasks = desk.bulk(R"({"verb":"edit","where":"label:api","set":{"points":3}})");
  CHECK(tasks.size() == 2);
  CHECK(desk.ids("points:3") == std::vector<std::int64_t>{1, 3});
  const auto head = desk.head();
  // Who was told which they are has not agreed to others.
  for (const auto ids : {"[1]", "[1,2]", "[1,2,3]"}) {
    const auto others = error_of([&] {
      desk.bulk(R"({"verb":"done","where":"label:api","ids":)" + std::string(ids) + "}");
    });
    CHECK(others.code() == Code::kConflict);
    CHECK(others.message() == "'label:api' matches other tasks now: 1, 3");
  }
  CHECK(desk.bulk(R"({"verb":"edit","where":"label:api","ids":[3,1],"set":{"points":3}})").size() ==
        2);
  CHECK(desk.bulk(R"({"verb":"done","where":"label:nowhere"})").empty());
  CHECK(error_of([&] { desk.bulk(R"({"verb":"done","where":"lable:x"})"); }).code() ==
        Code::kInvalidValue);
  CHECK(error_of([&] { desk.bulk(R"({"verb":"done"})"); }).code() == Code::kInvalidValue);
  CHECK(desk.head() == head);
}

TEST_CASE("batch: leases are given, renewed, given back and asked for") {
  BatchDesk desk;
  desk.run(R"({"verb":"task add","title":"a"}
{"verb":"task claim","id":"$1","lease":"2m"}
{"verb":"lease renew","id":"$1","lease":180}
{"verb":"task add","title":"b"}
{"verb":"task claim","id":"$4"}
{"verb":"task release","id":"$4","if_claimed":true})");
  CHECK(desk.task(1).lease ==
        model::Lease{"ana", desk.clock.now() + std::chrono::minutes{3}, desk.head()});
  CHECK_FALSE(desk.task(2).lease);
  CHECK(desk.leases_told == std::vector<util::Instant>{desk.clock.now() + std::chrono::minutes{3}});
  const auto failure = error_of([&] {
    desk.run(R"({"verb":"task done","id":1,"if_claimed":true}
{"verb":"task done","id":2,"if_claimed":true})");
  });
  CHECK(failure.code() == Code::kClaimed);
  CHECK_THAT(failure.message(), StartsWith("line 2: "));
  CHECK(desk.task(1).status == model::Status::kInProgress);
}

}  // namespace
}  // namespace taskman::test
