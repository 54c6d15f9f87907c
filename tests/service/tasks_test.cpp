#include "service/desk.hpp"

namespace taskman::test {
namespace {

using Changes = std::vector<std::string>;
using Ids = std::vector<std::int64_t>;

TEST_CASE("a new task has its defaults, its id and its times") {
  Desk desk;
  const auto task = desk.add(R"({"title":"Fix login","labels":["ui","api","ui"]})");
  CHECK(task.id.value == 1);
  CHECK(task.version == 1);
  CHECK(task.status == model::Status::kTodo);
  CHECK(task.priority == model::Priority::kP2);
  CHECK(task.labels == std::vector<std::string>{"api", "ui"});
  CHECK(task.created_at == desk.clock.now());
  CHECK(task.ready);
  CHECK(desk.last_changes() == Changes{"task.created 1"});
}

TEST_CASE("a task may begin done: it is closed from the start") {
  Desk desk;
  const auto task = desk.add(R"({"title":"a","status":"done"})");
  CHECK(task.closed_at == desk.clock.now());
  CHECK_FALSE(task.ready);
}

TEST_CASE("a new task may be blocked from the start, with its reason") {
  Desk desk;
  const auto task = desk.add(R"({"title":"a","status":"blocked","blocked_reason":"vendor"})");
  CHECK(task.blocked_reason == "vendor");
  CHECK_FALSE(task.ready);
}

TEST_CASE("ids of deleted tasks are not given again, and their absence is explained") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  desk.remove(1);
  CHECK(desk.add(R"({"title":"b"})").id.value == 2);
  const auto failure = error_of([&] { desk.task(1); });
  CHECK(failure.code() == Code::kNotFound);
  CHECK(failure.message() == "task 1 was deleted");
  CHECK(error_of([&] { desk.task(9); }).message() == "no task 9");
}

TEST_CASE("done on a done task succeeds, says so, and adds nothing to the log") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  const auto first = desk.move(1, "done");
  const auto head = desk.head();
  const auto again = desk.tasks.move(write(), {1}, {.verb = "done", .reason = std::nullopt});
  CHECK(envelope(again).notices == std::vector<std::string>{"task 1 is already done"});
  CHECK(wire::decode_task(envelope(again).data) == first);
  CHECK(desk.head() == head);
  CHECK(again.cursor == desk.store->head());
}

TEST_CASE("reopen on an open task is told as open, whatever its status") {
  Desk desk;
  desk.add(R"({"title":"a","status":"review"})");
  const auto answer = desk.tasks.move(write(), {1}, {.verb = "reopen", .reason = std::nullopt});
  CHECK(envelope(answer).notices == std::vector<std::string>{"task 1 is already open"});
}

TEST_CASE("only block keeps a reason; others refuse one rather than drop it") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  const auto blocked = desk.tasks.move(write(), {1}, {.verb = "block", .reason = "vendor"});
  CHECK(wire::decode_task(envelope(blocked).data).blocked_reason == "vendor");
  const auto failure =
      error_of([&] { desk.tasks.move(write(), {1}, {.verb = "done", .reason = "tired"}); });
  CHECK(failure.code() == Code::kInvalidValue);
}

TEST_CASE("@me is who asks, in what is added, edited and imported; nobody is called so") {
  Desk desk;
  CHECK(desk.add(R"({"title":"a","assignee":"@me"})").assignee == "ana");
  desk.add(R"({"title":"b"})");
  CHECK(desk.edit(2, R"({"assignee":"@me"})").assignee == "ana");
  CHECK(desk.bulk(R"({"verb":"edit","ids":[2],"set":{"assignee":"@me"}})").at(0).assignee == "ana");
  desk.import(R"({"kind":"task","title":"c","assignee":"@me"})");
  CHECK(desk.task(3).assignee == "ana");
  CHECK(error_of([] { service::make_caller("@me", "api"); }).code() == Code::kInvalidValue);
}

TEST_CASE("a bulk command with a part that its verb does not take is refused by name") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  const auto field_of = [&](std::string_view json) {
    const auto failure = error_of([&] { desk.bulk(json); });
    CHECK(failure.code() == Code::kInvalidValue);
    return failure.fields().at(0).name;
  };
  CHECK(field_of(R"({"verb":"done","ids":[1],"set":{"title":"b"}})") == "set");
  CHECK(field_of(R"({"verb":"delete","ids":[1],"text":"b"})") == "text");
  CHECK(field_of(R"({"verb":"edit","ids":[1],"set":{},"reason":"b"})") == "reason");
  CHECK(field_of(R"({"verb":"comment","ids":[1],"text":"c","set":{}})") == "set");
  CHECK(desk.task(1).version == 1);
}

TEST_CASE("an unknown verb is refused with the nearest") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  const auto failure = error_of([&] { desk.move(1, "doen"); });
  CHECK(failure.code() == Code::kInvalidValue);
  CHECK(failure.hint() == "did you mean done?");
}

TEST_CASE("an edit changes what it names, by one version, and tells only that") {
  Desk desk;
  desk.add(R"({"title":"a","points":3})");
  desk.clock.advance(std::chrono::seconds{5});
  const auto task = desk.edit(1, R"({"title":"b","points":null,"add_labels":["x"]})");
  CHECK(task.version == 2);
  CHECK(task.updated_at == desk.clock.now());
  const auto item = desk.frames(1).back().changes.front();
  std::vector<std::string> names;
  for (const auto& [name, value] : item.set) names.push_back(name);
  CHECK(names == std::vector<std::string>{"labels", "points", "title"});
}

TEST_CASE("an edit that changes nothing succeeds with a notice and no changeset") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  const auto answer = desk.tasks.edit(write(), {1}, wire::decode_task_edit(R"({"title":"a"})"));
  CHECK(envelope(answer).notices.size() == 1);
  CHECK(desk.head() == 1);
}

TEST_CASE("a refused write leaves no trace and uses no revision") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  CHECK(error_of([&] { desk.edit(1, R"({"title":"b","points":1001})"); }).code() ==
        Code::kInvalidValue);
  CHECK(desk.task(1).title == "a");
  desk.add(R"({"title":"c"})");
  CHECK(desk.head() == 2);
}

TEST_CASE("deleting a task frees its dependents and children in the same changeset") {
  Desk desk;
  desk.add(R"({"title":"base"})");
  desk.add(R"({"title":"waits","blocked_by":[1]})");
  desk.add(R"({"title":"child","parent":1})");
  CHECK_FALSE(desk.task(2).ready);
  const auto gone = desk.remove(1);
  CHECK(gone.title == "base");
  CHECK(desk.last_changes() == Changes{"task.deleted 1", "task.updated 2", "task.updated 3"});
  CHECK(desk.task(2).blocked_by.empty());
  CHECK(desk.task(2).ready);
  CHECK(desk.task(2).version == 2);
  CHECK_FALSE(desk.task(3).parent.has_value());
}

TEST_CASE("comments are told in the log and kept oldest first") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  desk.tasks.comment(write(), {1}, "first");
  desk.tasks.comment(write(), {1}, "second");
  const auto comments = items(envelope(desk.tasks.comments({1})));
  REQUIRE(comments.size() == 2);
  CHECK(wire::decode_comment(comments[0]).text == "first");
  CHECK(wire::decode_comment(comments[0]).author == "ana");
  CHECK(desk.last_changes() == Changes{"task.commented 1"});
  CHECK(desk.task(1).version == 1);
}

TEST_CASE("a task's log is newest first, survives the task, and says when there is more") {
  Desk desk;
  desk.add(R"({"title":"a"})");
  desk.add(R"({"title":"other"})");
  desk.move(1, "start");
  desk.remove(1);
  const auto all = envelope(desk.tasks.log({1}, 10));
  REQUIRE(items(all).size() == 3);
  CHECK(wire::decode_frame(items(all).front()).cursor.rev == 4);
  CHECK(all.more == false);
  CHECK(envelope(desk.tasks.log({1}, 2)).more == true);
  CHECK(error_of([&] { desk.tasks.log({9}, 2); }).code() == Code::kNotFound);
}

TEST_CASE("what a task refers to has to be there; refusals name the way out") {
  Desk desk;
  desk.add_project("web");
  const auto project = error_of([&] { desk.add(R"({"title":"a","project":"wbe"})"); });
  CHECK(project.code() == Code::kInvalidValue);
  CHECK(project.message() == "unknown project 'wbe'");
  CHECK(project.hint() == "did you mean web? create it with: taskman project add wbe");
  CHECK(error_of([&] { desk.add(R"({"title":"a","sprint":"S9"})"); }).message() ==
        "unknown sprint 'S9'");
  CHECK(error_of([&] { desk.add(R"({"title":"a","sprint":9})"); }).code() == Code::kInvalidValue);
  CHECK(error_of([&] { desk.add(R"({"title":"a","parent":9})"); }).message() == "no task 9");
  CHECK(error_of([&] { desk.add(R"({"title":"a","blocked_by":[9]})"); }).message() == "no task 9");
  CHECK(desk.head() == 1);
}

TEST_CASE("an external id names one task") {
  Desk desk;
  desk.add(R"({"title":"a","external_id":"github:o/r#1"})");
  const auto failure = error_of([&] { desk.add(R"({"title":"b","external_id":"github:o/r#1"})"); });
  CHECK(failure.code() == Code::kConflict);
  CHECK(failure.message() == "external id 'github:o/r#1' is task 1's");
  CHECK(desk.edit(1, R"({"external_id":"github:o/r#1","title":"c"})").title == "c");
}

TEST_CASE("lists: filter, order, pages that meet without gap or overlap") {
  Desk desk;
  for (int i = 0; i < 5; ++i)
    desk.add(R"({"title":"a","priority":"p)" + std::to_string(i % 3) + "\"}");
  CHECK(desk.ids("") == Ids{1, 2, 3, 4, 5});
  CHECK(desk.ids("", "-priority,id") == Ids{3, 2, 5, 1, 4});
  CHECK(desk.ids("priority:p0") == Ids{1, 4});
  std::optional<std::string> page;
  Ids seen;
  do {
    const auto part =
        envelope(desk.tasks.list({.caller = {"ana", "test"}, .limit = 2, .page = page}).reading);
    CHECK(part.page->total == 5);
    for (const auto& item : items(part)) seen.push_back(wire::decode_task(item).id.value);
    page = part.page->next;
  } while (page);
  CHECK(seen == Ids{1, 4, 2, 5, 3});
}

TEST_CASE("unknown words of filters and sort keys are refused with suggestions") {
  Desk desk;
  CHECK_THAT(error_of([&] { desk.ids("status:dnoe"); }).hint(), ContainsSubstring("done"));
  CHECK_THAT(error_of([&] { desk.ids("", "prioritty"); }).hint(),
             ContainsSubstring("did you mean priority?"));
  CHECK(error_of([&] { desk.ids("project:web"); }).message() == "unknown project 'web'");
  CHECK(error_of([&] { desk.ids("sprint:S1"); }).message() == "unknown sprint 'S1'");
  CHECK(desk.ids("sprint:current").empty());
}

TEST_CASE("a list whose filter depends on the time says so") {
  Desk desk;
  using Validity = service::TaskListing::Validity;
  const auto validity = [&](const std::string& filter) {
    return desk.tasks.list({.caller = {"ana", "test"}, .filter = filter}).validity;
  };
  CHECK(validity("status:todo points>3") == Validity::kUntilNextWrite);
  CHECK(validity("~(is:overdue or label:x)") == Validity::kMovesWithTime);
  CHECK(validity("due<+3d") == Validity::kMovesWithTime);
}

TEST_CASE("labels in use are counted") {
  Desk desk;
  desk.add(R"({"title":"a","labels":["ui","api"]})");
  desk.add(R"({"title":"b","labels":["ui"]})");
  std::vector<std::pair<std::string, std::int64_t>> counts;
  for (const auto& item : items(envelope(desk.tasks.labels()))) {
    const auto label = wire::decode_label_count(item);
    counts.emplace_back(label.name, label.tasks);
  }
  CHECK(counts == std::vector<std::pair<std::string, std::int64_t>>{{"api", 1}, {"ui", 2}});
}

}  // namespace
}  // namespace taskman::test
