// Keys, versions, dry runs, commands on many tasks: what every write shares.

#include "service/desk.hpp"

namespace taskman::test {
namespace {

wire::NewTask new_task(std::string_view title) {
  return {.fields = {.title = std::string(title)}, .sprint = {}};
}

TEST_CASE("a read that takes too long is told by how long; one of everything may take longer") {
  Desk desk;
  std::string lines;
  for (int i = 0; i < 1000; ++i)
    lines += R"({"title":"a"})"
             "\n";
  desk.import(lines);
  const auto read_for = [&](store::Extent extent, std::chrono::seconds time) {
    desk.store->read(extent, [&](store::ReadTx& tx) {
      desk.clock.advance(time);
      tx.list_tasks({.context = {.now = desk.clock.now(), .zone = &desk.zone, .actor = "ana"}});
    });
  };
  using std::chrono_literals::operator""s;
  CHECK_NOTHROW(read_for(store::Extent::kUsual, 4s));
  const auto failure = error_of([&] { read_for(store::Extent::kUsual, 6s); });
  CHECK(failure.code() == Code::kTimeout);
  CHECK(failure.message() == "reading took longer than 5 s");
  CHECK_NOTHROW(read_for(store::Extent::kWhole, 29s));
  CHECK(error_of([&] { read_for(store::Extent::kWhole, 31s); }).message() ==
        "reading took longer than 30 s");
}

TEST_CASE("a key that was seen gives the first answer again, byte for byte, and does nothing") {
  Desk desk;
  auto request = keyed("k1");
  request.status = 201;
  const auto first = desk.tasks.create(request, new_task("a"));
  desk.add(R"({"title":"between"})");
  const auto again = desk.tasks.create(request, new_task("a"));
  CHECK(again.replayed);
  CHECK_FALSE(first.replayed);
  CHECK(again.body == first.body);
  CHECK(again.status == 201);
  CHECK(again.cursor == first.cursor);
  CHECK(desk.head() == 2);
}

TEST_CASE("a key with another request is a conflict") {
  Desk desk;
  desk.tasks.create(keyed("k1", "one"), new_task("a"));
  const auto failure = error_of([&] { desk.tasks.create(keyed("k1", "two"), new_task("b")); });
  CHECK(failure.code() == Code::kKeyReused);
  CHECK(desk.head() == 1);
}

TEST_CASE("a key is of the actor who used it: another is not answered for them") {
  Desk desk;
  desk.tasks.create(keyed("k1"), new_task("a"));
  auto other = keyed("k1");
  other.caller.actor = "bob b";
  const auto failure = error_of([&] { desk.tasks.create(other, new_task("a")); });
  CHECK(failure.code() == Code::kKeyReused);
  CHECK(failure.message() == "idempotency key 'k1' was used by ana for the same request");
  CHECK_THAT(failure.hint(), ContainsSubstring("ask as ana"));
  other.digest = "e";
  CHECK(error_of([&] { desk.tasks.create(other, new_task("b")); }).message() ==
        "idempotency key 'k1' was used by ana for another request");
  CHECK(desk.tasks.create(keyed("k1"), new_task("a")).replayed);
  CHECK(desk.head() == 1);
}

TEST_CASE("what is answered again says when it was answered first") {
  Desk desk;
  const auto first = desk.clock.now();
  desk.tasks.create(keyed("k1"), new_task("a"));
  desk.clock.advance(std::chrono::minutes{5});
  CHECK(desk.tasks.create(keyed("k1"), new_task("a")).given_at == first);
}

TEST_CASE("a dry run under a key says what the write would: its first answer again, or a refusal") {
  Desk desk;
  const auto first = desk.tasks.create(keyed("k1"), new_task("a"));
  auto dry = keyed("k1");
  dry.commit = store::Commit::kDryRun;
  const auto answer = desk.tasks.create(dry, new_task("a"));
  CHECK(answer.replayed);
  CHECK(answer.body == first.body);
  dry.digest = "e";
  CHECK(error_of([&] { desk.tasks.create(dry, new_task("b")); }).code() == Code::kKeyReused);
  CHECK(desk.head() == 1);
}

TEST_CASE("a key is remembered for a day") {
  Desk desk;
  desk.tasks.create(keyed("k1"), new_task("a"));
  desk.clock.advance(std::chrono::hours{23});
  CHECK(desk.tasks.create(keyed("k1"), new_task("a")).replayed);
  desk.clock.advance(std::chrono::hours{2});
  CHECK_FALSE(desk.tasks.create(keyed("k1"), new_task("a")).replayed);
}

TEST_CASE("a refused write does not use up its key") {
  Desk desk;
  CHECK(error_of([&] { desk.tasks.edit(keyed("k1"), {1}, {}); }).code() == Code::kNotFound);
  desk.add(R"({"title":"a"})");
  CHECK_FALSE(
      desk.tasks.edit(keyed("k1"), {1}, wire::decode_task_edit(R"({"title":"b"})")).replayed);
}

TEST_CASE("a write that changes nothing keeps its answer under its key, too") {
  Desk desk;
  desk.add(R"({"title":"a","status":"done"})");
  desk.tasks.move(keyed("k1"), {1}, {.verb = "done", .reason = std::nullopt});
  desk.move(1, "reopen");
  CHECK(desk.tasks.move(keyed("k1"), {1}, {.verb = "done", .reason = std::nullopt}).replayed);
  CHECK(model::is_open(desk.task(1).status));
}

TEST_CASE("every write answers with the cursor its state stands at") {
  Desk desk;
  const auto answer = desk.tasks.create(write(), new_task("a"));
  CHECK(answer.cursor == desk.store->head());
  CHECK(envelope(answer).cursor == answer.cursor);
  CHECK(envelope(desk.tasks.get({1})).cursor == answer.cursor);
}

TEST_CASE("the log says who, by what means and when") {
  Desk desk;
  desk.clock.advance(std::chrono::seconds{1});
  desk.add(R"({"title":"a"})");
  const auto frame = desk.frames().back();
  CHECK(frame.actor == "ana");
  CHECK(frame.origin == "test");
  CHECK(frame.at == desk.clock.now());
}

TEST_CASE("a version that was overtaken is refused with both versions and the fields that differ") {
  Desk desk;
  desk.add(R"({"title":"a","points":1})");
  desk.edit(1, R"({"points":2})");
  desk.edit(1, R"({"assignee":"bob"})");
  auto request = write();
  request.if_match = service::Seen{1};
  const auto failure =
      error_of([&] { desk.tasks.edit(request, {1}, wire::decode_task_edit(R"({"points":3})")); });
  CHECK(failure.code() == Code::kStaleVersion);
  CHECK(failure.message() == "task 1 is at version 3, not 1");
  CHECK(failure.hint() == "changed since: assignee, points");
  request.if_match = service::Seen{3};
  CHECK(desk.tasks.edit(request, {1}, wire::decode_task_edit(R"({"points":3})")).cursor.rev == 4);
}

std::vector<std::pair<std::string, std::string>> fields_of(const error::Error& failure) {
  std::vector<std::pair<std::string, std::string>> fields;
  for (const auto& field : failure.fields()) fields.emplace_back(field.name, field.message);
  return fields;
}

TEST_CASE(
    "of a sprint or a project that was overtaken the fields that differ are told, and by whom") {
  using Told = std::vector<std::pair<std::string, std::string>>;
  Desk desk;
  desk.add_sprint(R"({"name":"S1"})");
  desk.add_project("web");
  desk.add(R"({"title":"a task with the number of the sprint"})");
  const service::SprintName sprint{.word = "S1", .project = std::nullopt};
  desk.sprints.edit(write("bob"), sprint, {.goal = "g"});
  desk.sprints.edit(write("eve"), sprint, {.capacity = 3});
  desk.edit(1, R"({"points":2})");
  desk.projects.edit(write("bob"), "web", {.name = "W"});
  for (int i = 0; i < 150; ++i)
    desk.add(R"({"title":"much happens"})");  // more than is read at once
  auto request = write();
  request.if_match = service::Seen{1};
  const auto stale_sprint = error_of([&] { desk.sprints.start(request, sprint); });
  CHECK(stale_sprint.code() == Code::kStaleVersion);
  CHECK(stale_sprint.hint() == "changed since: capacity, goal");
  CHECK(fields_of(stale_sprint) ==
        Told{{"capacity", "changed by eve"}, {"goal", "changed by bob"}});
  const auto stale_project = error_of([&] { desk.projects.edit(request, "web", {.name = "x"}); });
  CHECK(fields_of(stale_project) == Told{{"name", "changed by bob"}});
  CHECK(fields_of(error_of([&] {
          desk.projects.remove(request, "web", service::Leftovers::kRefuse);
        })) == Told{{"name", "changed by bob"}});
  request.if_match = service::Seen{2};
  CHECK(fields_of(error_of([&] { desk.sprints.edit(request, sprint, {.goal = "h"}); })) ==
        Told{{"capacity", "changed by eve"}});
}

TEST_CASE("versions guard verbs, removals, sprints and projects as well") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  desk.add_sprint(R"({"name":"S1"})");
  desk.add_project("web");
  auto request = write();
  request.if_match = service::Seen{9};
  const service::SprintName sprint{.word = "S1", .project = std::nullopt};
  const auto stale = [](const std::function<void()>& action) {
    return error_of(action).code() == Code::kStaleVersion;
  };
  CHECK(stale([&] { desk.tasks.move(request, {1}, {.verb = "done", .reason = std::nullopt}); }));
  CHECK(stale([&] { desk.tasks.remove(request, {1}); }));
  CHECK(stale([&] { desk.sprints.start(request, sprint); }));
  CHECK(stale([&] { desk.sprints.edit(request, sprint, {}); }));
  CHECK(stale([&] { desk.projects.edit(request, "web", {}); }));
  CHECK(stale([&] { desk.projects.remove(request, "web", service::Leftovers::kRefuse); }));
}

TEST_CASE("a dry run answers as the write would, with the head as it is, and keeps nothing") {
  Desk desk;
  auto request = keyed("k1");
  request.commit = store::Commit::kDryRun;
  const auto head = desk.store->head();
  const auto answer = desk.tasks.create(request, new_task("a"));
  CHECK(wire::decode_task(envelope(answer).data).title == "a");
  CHECK(answer.cursor == head);
  CHECK(desk.store->head() == head);
  CHECK(desk.ids("").empty());
  CHECK_FALSE(desk.tasks.create(keyed("k1"), new_task("a")).replayed);
}

TEST_CASE("a verb on many tasks is one changeset, in the order asked for, each once") {
  Desk desk;
  for (int i = 0; i < 3; ++i) desk.add(R"({"title":"a"})");
  const auto changed = desk.bulk(R"({"verb":"done","ids":[3,1,3]})");
  REQUIRE(changed.size() == 2);
  CHECK(changed[0].id.value == 3);
  CHECK(changed[1].status == model::Status::kDone);
  CHECK(desk.head() == 4);
}

TEST_CASE("a verb on many tasks is all or nothing, and every missing one is named") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  const auto failure = error_of([&] { desk.bulk(R"({"verb":"done","ids":[1,8,9]})"); });
  CHECK(failure.code() == Code::kNotFound);
  CHECK(failure.message() == "no tasks 8, 9");
  CHECK(model::is_open(desk.task(1).status));
  desk.add(R"({"title":"b","status":"done"})");
  CHECK(error_of([&] { desk.bulk(R"({"verb":"start","ids":[1,2]})"); }).code() == Code::kConflict);
  CHECK(desk.task(1).status == model::Status::kTodo);
}

TEST_CASE("edits, comments and removals of many tasks") {
  Desk desk;
  for (int i = 0; i < 2; ++i) desk.add(R"({"title":"a"})");
  CHECK(desk.bulk(R"({"verb":"edit","ids":[1,2],"set":{"add_labels":["x"]}})")[1].labels.size() ==
        1);
  desk.bulk(R"({"verb":"comment","ids":[1,2],"text":"hello"})");
  CHECK(items(envelope(desk.tasks.comments({2}))).size() == 1);
  CHECK(desk.bulk(R"({"verb":"delete","ids":[1,2]})").size() == 2);
  CHECK(desk.ids("").empty());
}

TEST_CASE("a command on many tasks that cannot be understood is refused") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  CHECK_THAT(error_of([&] { desk.bulk(R"({"verb":"don","ids":[1]})"); }).hint(),
             ContainsSubstring("done"));
  CHECK(error_of([&] { desk.bulk(R"({"verb":"edit","ids":[1]})"); }).message() ==
        "verb 'edit' needs 'set'");
  CHECK(error_of([&] { desk.bulk(R"({"verb":"comment","ids":[1]})"); }).message() ==
        "verb 'comment' needs 'text'");
  auto request = write();
  request.if_match = service::Seen{1};
  CHECK(error_of([&] {
          desk.tasks.bulk(request, wire::decode_bulk(R"({"verb":"done","ids":[1]})"));
        }).code() == Code::kInvalidValue);
}

}  // namespace
}  // namespace taskman::test
