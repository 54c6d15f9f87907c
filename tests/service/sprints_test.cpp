#include "service/desk.hpp"

namespace taskman::test {
namespace {

using Changes = std::vector<std::string>;
using Ids = std::vector<std::int64_t>;
using model::SprintState;
using model::Status;

std::int64_t at(const std::array<std::int64_t, model::kStatusCount>& counts, Status status) {
  return counts[static_cast<std::size_t>(status)];
}

// S1 active with tasks 1 (3 points, done), 2 (5 points), 3 (no estimate); S2 planned.
struct RunningSprint : Desk {
  RunningSprint() {
    add_sprint(R"({"name":"S1","start":"2026-11-16","end":"2026-11-27","capacity":20})");
    add_sprint(R"({"name":"S2","start":"2026-11-30"})");
    add(R"({"title":"a","sprint":"S1","points":3})");
    add(R"({"title":"b","sprint":"S1","points":5})");
    start("S1");
    add(R"({"title":"c","sprint":"current"})");
    move(1, "done");
  }
};

TEST_CASE("progress counts tasks and points by status, kept by the writes that move it") {
  RunningSprint desk;
  const auto view = desk.progress("current");
  CHECK(at(view.progress.tasks, Status::kDone) == 1);
  CHECK(at(view.progress.tasks, Status::kTodo) == 2);
  CHECK(at(view.progress.points, Status::kDone) == 3);
  CHECK(at(view.progress.points, Status::kTodo) == 5);
  CHECK(view.progress.unestimated == 1);
  CHECK(desk.last_changes() == Changes{"task.updated 1", "sprint.progress 1"});
}

TEST_CASE("progress is told only when it moves") {
  RunningSprint desk;
  desk.edit(2, R"({"title":"bb"})");
  CHECK(desk.last_changes() == Changes{"task.updated 2"});
}

TEST_CASE("a task that changes sprint moves the progress of both") {
  RunningSprint desk;
  desk.edit(2, R"({"sprint":"S2"})");
  CHECK(desk.last_changes() == Changes{"task.updated 2", "sprint.progress 1", "sprint.progress 2"});
  CHECK(at(desk.progress("S2").progress.points, Status::kTodo) == 5);
  desk.edit(2, R"({"sprint":null})");
  CHECK(at(desk.progress("S2").progress.tasks, Status::kTodo) == 0);
  desk.remove(3);
  CHECK(desk.last_changes() == Changes{"task.deleted 3", "sprint.progress 1"});
}

TEST_CASE("days left: none without an end, zero on the last day, negative when it is over") {
  RunningSprint desk;
  CHECK(desk.progress("S1").days_left == 4);
  CHECK_FALSE(desk.progress("S2").days_left.has_value());
  desk.clock.advance(std::chrono::hours{4 * 24});
  CHECK(desk.progress("S1").days_left == 0);
  desk.clock.advance(std::chrono::hours{24});
  CHECK(desk.progress("S1").days_left == -1);
  desk.close("S1", R"({"carry":"none"})");
  CHECK_FALSE(desk.progress("S1").days_left.has_value());
}

TEST_CASE("a sprint's days end at midnight in its own time zone") {
  Desk desk;  // it is 2026-11-23 10:00 in Greenwich
  const auto add = [&](const std::string& name, const std::string& tz) {
    desk.add_sprint(R"({"name":")" + name + R"(","end":"2026-11-23","tz":")" + tz + "\"}");
  };
  add("Greenwich", "UTC");
  add("Line islands", "Pacific/Kiritimati");  // 14 hours ahead: the 24th, 00:00
  add("Kolkata", "Asia/Kolkata");             // 5 hours 30 ahead
  add("Los Angeles", "America/Los_Angeles");  // 8 hours behind
  const auto left = [&](const std::string& name) { return desk.progress(name).days_left; };
  CHECK(left("Line islands") == -1);
  CHECK(left("Greenwich") == 0);
  desk.clock.advance(std::chrono::milliseconds{-1});
  CHECK(left("Line islands") == 0);
  desk.clock.advance(std::chrono::hours{8} +
                     std::chrono::minutes{30});  // Kolkata: a blink before 24:00
  CHECK(left("Kolkata") == 0);
  desk.clock.advance(std::chrono::milliseconds{1});
  CHECK(left("Kolkata") == -1);
  CHECK(left("Greenwich") == 0);
  desk.clock.advance(std::chrono::hours{13});  // Greenwich: the 24th, 07:30
  CHECK(left("Greenwich") == -1);
  CHECK(left("Los Angeles") == 0);
  desk.clock.advance(std::chrono::minutes{30});
  CHECK(left("Los Angeles") == -1);
}

TEST_CASE("the start freezes what is in the sprint then") {
  RunningSprint desk;
  const auto sprint = desk.progress("S1").sprint;
  REQUIRE(sprint.committed.size() == 2);
  CHECK(sprint.committed[1].task.value == 2);
  CHECK(sprint.committed[1].points == 5);
  CHECK(sprint.started_at == desk.clock.now());
}

TEST_CASE("one sprint of a project is active; starting it again changes nothing") {
  RunningSprint desk;
  CHECK(error_of([&] { desk.start("S2"); }).code() == Code::kConflict);
  const auto head = desk.head();
  CHECK(desk.start("S1").state == SprintState::kActive);
  CHECK(desk.head() == head);
  desk.add_project("web");
  desk.add_sprint(R"({"name":"W1","project":"web"})");
  CHECK(desk.start("W1").state == SprintState::kActive);
}

TEST_CASE("a sprint with open tasks is not closed before it is said where they go") {
  RunningSprint desk;
  const auto failure = error_of([&] { desk.close("S1"); });
  CHECK(failure.code() == Code::kConflict);
  CHECK(failure.message() == "sprint 'S1' has 2 open tasks");
  CHECK_THAT(failure.hint(), ContainsSubstring("--carry"));
  CHECK(desk.progress("S1").sprint.state == SprintState::kActive);
}

TEST_CASE("closing carries open tasks on and freezes the report, in one changeset") {
  RunningSprint desk;
  const auto head = desk.head();
  const auto closed = desk.close("S1", R"({"carry":"next"})");
  CHECK(desk.head() == head + 1);
  CHECK(desk.last_changes() == Changes{"sprint.updated 1", "task.updated 2", "task.updated 3",
                                       "sprint.progress 1", "sprint.progress 2"});
  CHECK(closed.state == SprintState::kClosed);
  REQUIRE(closed.report);
  CHECK(closed.report->carried_to == "S2");
  CHECK(closed.report->completed == std::vector<model::TaskId>{{1}});
  CHECK(closed.report->carried == std::vector<model::TaskId>{{2}, {3}});
  CHECK(closed.report->added == std::vector<model::TaskId>{{3}});
  CHECK(at(closed.report->progress.points, Status::kTodo) == 5);
  CHECK(desk.ids("sprint:S2") == Ids{2, 3});
  CHECK(at(desk.progress("S1").progress.tasks, Status::kDone) == 1);
  CHECK(at(desk.progress("S1").progress.tasks, Status::kTodo) == 0);
}

TEST_CASE("carrying to none takes open tasks out of the sprint") {
  RunningSprint desk;
  const auto closed = desk.close("S1", R"({"carry":"none"})");
  CHECK(closed.report->carried_to == "none");
  CHECK(desk.ids("sprint:none") == Ids{2, 3});
}

TEST_CASE("a dry run of closing gives the report and changes nothing") {
  RunningSprint desk;
  auto request = write();
  request.commit = store::Commit::kDryRun;
  const auto head = desk.store->head();
  const auto answer =
      desk.sprints.close(request, {.word = "current", .project = std::nullopt}, {.carry = "none"});
  const auto report = wire::decode_sprint(envelope(answer).data).report;
  REQUIRE(report);
  CHECK(report->carried.size() == 2);
  CHECK(answer.cursor == head);
  CHECK(desk.store->head() == head);
  CHECK(desk.progress("S1").sprint.state == SprintState::kActive);
}

TEST_CASE("a dry run of closing is refused where closing is") {
  RunningSprint desk;
  auto request = write();
  request.commit = store::Commit::kDryRun;
  const auto failure = error_of(
      [&] { desk.sprints.close(request, {.word = "current", .project = std::nullopt}, {}); });
  CHECK(failure.code() == Code::kConflict);
  CHECK(failure.fields().at(0).name == "carry");
}

TEST_CASE("open tasks cannot be carried to where nothing can be received") {
  RunningSprint desk;
  CHECK(error_of([&] { desk.close("S1", R"({"carry":"S1"})"); }).code() == Code::kConflict);
  CHECK(error_of([&] { desk.close("S1", R"({"carry":"S9"})"); }).message() ==
        "unknown sprint 'S9'");
}

TEST_CASE("closing again succeeds with a notice; an ended sprint takes no tasks") {
  RunningSprint desk;
  desk.close("S1", R"({"carry":"none"})");
  const auto again = desk.sprints.close(write(), {.word = "S1", .project = std::nullopt}, {});
  CHECK(envelope(again).notices == std::vector<std::string>{"sprint 'S1' is already closed"});
  const auto failure = error_of([&] { desk.edit(2, R"({"sprint":"S1"})"); });
  CHECK(failure.code() == Code::kConflict);
  CHECK(failure.message() == "sprint 'S1' is closed");
}

TEST_CASE("current, next and prev follow the life of sprints") {
  RunningSprint desk;
  const auto get = [&](const std::string& word) {
    return wire::decode_sprint(
               envelope(desk.sprints.get({.word = word, .project = std::nullopt})).data)
        .name;
  };
  CHECK(get("current") == "S1");
  CHECK(get("next") == "S2");
  CHECK(error_of([&] { get("prev"); }).code() == Code::kNotFound);
  desk.close("S1", R"({"carry":"next"})");
  CHECK(get("prev") == "S1");
  CHECK(error_of([&] { get("current"); }).message() == "no sprint is active");
  CHECK(get("2") == "S2");
  CHECK(get("s2") == "S2");
}

TEST_CASE("a word that fits sprints of several projects is refused unless the project is said") {
  Desk desk;
  for (const std::string key : {"app", "web"}) {
    desk.add_project(key);
    desk.add_sprint(R"({"name":"S1","project":")" + key + "\"}");
    desk.sprints.start(write(), {.word = "S1", .project = key});
  }
  const auto id_of = [&](const std::string& word, const std::optional<std::string>& project) {
    return wire::decode_sprint(envelope(desk.sprints.get({.word = word, .project = project})).data)
        .id.value;
  };
  CHECK(id_of("current", "web") == 2);
  CHECK(id_of("S1", "app") == 1);
  for (const std::string word : {"current", "S1"}) {
    const auto failure = error_of([&] { id_of(word, std::nullopt); });
    CHECK(failure.code() == Code::kInvalidValue);
    CHECK_THAT(failure.message(), ContainsSubstring("1 'S1' of project app") &&
                                      ContainsSubstring("2 'S1' of project web"));
  }
  const auto task = desk.add(R"({"title":"a","project":"web","sprint":"current"})");
  CHECK(task.sprint == model::SprintId{2});
}

TEST_CASE("a project without a sprint of its own uses the one of no project") {
  RunningSprint desk;
  desk.add_project("web");
  CHECK(desk.add(R"({"title":"x","project":"web","sprint":"current"})").sprint ==
        model::SprintId{1});
}

TEST_CASE("sprint:current in a filter is what is active anywhere") {
  RunningSprint desk;
  desk.add_project("web");
  desk.add_sprint(R"({"name":"W1","project":"web"})");
  desk.sprints.start(write(), {.word = "W1", .project = std::nullopt});
  desk.add(R"({"title":"w","project":"web","sprint":"W1"})");
  CHECK(desk.ids("sprint:current") == Ids{1, 2, 3, 4});
  CHECK(desk.ids("sprint:current project:web") == Ids{4});
}

TEST_CASE("a sprint's time zone is one there is") {
  Desk desk;
  const auto failure = error_of([&] { desk.add_sprint(R"({"name":"z","tz":"Europe/Berln"})"); });
  CHECK(failure.code() == Code::kInvalidValue);
  CHECK(failure.message() == "unknown time zone 'Europe/Berln'");
  CHECK(failure.hint() == "did you mean Europe/Berlin?");
  for (const std::string zone : {"Europe/Berlin", "UTC", "Etc/GMT+3"})
    CHECK(desk.add_sprint(R"({"name":"in )" + zone + R"(","tz":")" + zone + "\"}").tz == zone);
  const auto edit = [&] {
    desk.sprints.edit(write(), {.word = "1", .project = std::nullopt},
                      wire::decode_sprint_edit(R"({"tz":"Mars/Base"})"));
  };
  CHECK(error_of(edit).message() == "unknown time zone 'Mars/Base'");
  CHECK(error_of([&] { desk.import(R"({"kind":"sprint","name":"y","tz":"Nowhere/X"})"); }).code() ==
        Code::kInvalidValue);
}

TEST_CASE("names of sprints are told apart within their project") {
  RunningSprint desk;
  CHECK(error_of([&] { desk.add_sprint(R"({"name":"s1"})"); }).code() == Code::kConflict);
  desk.add_project("web");
  CHECK(desk.add_sprint(R"({"name":"S1","project":"web"})").id.value == 3);
}

TEST_CASE("a sprint is removed when no task is in it, or they are let go") {
  RunningSprint desk;
  const service::SprintName name{.word = "S1", .project = std::nullopt};
  const auto failure =
      error_of([&] { desk.sprints.remove(write(), name, service::Leftovers::kRefuse); });
  CHECK(failure.code() == Code::kConflict);
  CHECK(failure.message() == "sprint 'S1' has 3 tasks");
  desk.sprints.remove(write(), name, service::Leftovers::kDetach);
  CHECK(desk.last_changes() ==
        Changes{"task.updated 1", "task.updated 2", "task.updated 3", "sprint.deleted 1"});
  CHECK(desk.ids("sprint:none") == Ids{1, 2, 3});
}

TEST_CASE("a cancelled sprint has ended") {
  RunningSprint desk;
  desk.sprints.cancel(write(), {.word = "S2", .project = std::nullopt});
  CHECK(desk.progress("S2").sprint.state == SprintState::kCancelled);
  CHECK(error_of([&] { desk.start("S2"); }).code() == Code::kConflict);
}

TEST_CASE("cancelling says how many open tasks it leaves in the sprint, and the way out") {
  RunningSprint desk;
  const auto cancel = [&](const std::string& word) {
    return envelope(desk.sprints.cancel(write(), {.word = word, .project = std::nullopt})).notices;
  };
  const auto notices = cancel("S1");
  REQUIRE(notices.size() == 1);
  CHECK_THAT(notices.front(), ContainsSubstring("2 open tasks still in sprint 'S1'") &&
                                  ContainsSubstring("--sprint none"));
  CHECK(cancel("S2").empty());
}

TEST_CASE("lists of sprints by project and state") {
  RunningSprint desk;
  const auto names = [&](const service::SprintListRequest& request) {
    std::vector<std::string> found;
    for (const auto& item : items(envelope(desk.sprints.list(request))))
      found.push_back(wire::decode_sprint(item).name);
    return found;
  };
  CHECK(names({}) == std::vector<std::string>{"S1", "S2"});
  CHECK(names({.project = std::nullopt, .state = "active"}) == std::vector<std::string>{"S1"});
  CHECK(error_of([&] { names({.project = std::nullopt, .state = "runing"}); }).code() ==
        Code::kInvalidValue);
  CHECK(error_of([&] { names({.project = "web", .state = std::nullopt}); }).message() ==
        "unknown project 'web'");
}

}  // namespace
}  // namespace taskman::test
