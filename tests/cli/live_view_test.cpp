// The live views as data: what is on which line, at which size.

#include <algorithm>
#include <string>
#include <vector>

#include "cli/render/live_view.hpp"
#include "common/util/text.hpp"
#include "support/catch.hpp"

namespace taskman::test {
namespace {

using namespace std::chrono_literals;
using render::Activity;
using render::Line;
using render::Size;

const time::UtcZone kUtc;
const util::Instant kTen{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 10h};

Activity activity(std::size_t changes) {
  Activity activity{.changes = {}, .state = {"live"}, .zone = &kUtc, .now = kTen + 1min};
  for (std::size_t i = 0; i < changes; ++i) {
    activity.changes.push_back(
        {kTen + std::chrono::seconds(i), "ana", "42 Fix login", "status review → done"});
  }
  return activity;
}

wire::SprintView sprint() {
  wire::SprintView view;
  view.sprint.name = "Sprint 12";
  view.sprint.goal = "Log in without a password";
  view.sprint.state = model::SprintState::kActive;
  view.days_left = 3;
  view.progress.tasks = {2, 1, 0, 1, 4, 1};
  view.progress.points = {5, 3, 0, 2, 10, 8};
  return view;
}

std::string text(const std::vector<Line>& lines) {
  std::string all;
  for (const auto& line : lines) all += render::plain(line) + "\n";
  return all;
}

TEST_CASE("a sprint shows name, goal, days left, both bars, counts and changes") {
  const auto shown = text(render::sprint_lines(sprint(), activity(1), {80, 24}));
  CHECK_THAT(shown, StartsWith("Sprint 12  active  3 days left\nLog in without a password\n"));
  CHECK_THAT(shown, ContainsSubstring("   50 %   4 of 8"));  // the dropped task is not counted
  CHECK_THAT(shown, ContainsSubstring("   50 %   10 of 20"));
  CHECK_THAT(shown, ContainsSubstring(
                        "todo 2   in_progress 1   blocked 0   review 1   done 4   dropped 1"));
  CHECK_THAT(shown, ContainsSubstring("10:00:00  ana  42 Fix login  status review → done"));
  CHECK_THAT(shown, EndsWith("live · ctrl-c ends\n"));
}

TEST_CASE("a sprint without estimates is not at 0 %") {
  auto view = sprint();
  view.progress.points = {};
  view.progress.unestimated = 9;
  const auto shown = text(render::sprint_lines(view, activity(0), {80, 24}));
  CHECK_THAT(shown, ContainsSubstring("points  nothing to count yet"));
  CHECK_THAT(shown, ContainsSubstring("without points 9"));
}

TEST_CASE("a view is never higher than the terminal and always ends with the state") {
  for (const int rows : {1, 2, 5, 9, 24, 60}) {
    const auto lines = render::sprint_lines(sprint(), activity(100), {80, rows});
    INFO(rows);
    CHECK(static_cast<int>(lines.size()) == rows);
    CHECK_THAT(render::plain(lines.back()), StartsWith("live"));
  }
}

TEST_CASE("a small terminal shows the bars before blank lines and numbers") {
  CHECK(text(render::sprint_lines(sprint(), activity(9), {20, 5})) ==
        "Sprint 12  active  3 days left\n"
        "Log in without a password\n"
        "tasks   ██░░░   50 %\n"
        "points  ██░░░   50 %\n"
        "live · ctrl-c ends\n");
}

TEST_CASE("bars are of one width, and as long as there is room for them") {
  for (const int columns : {16, 20, 32, 40, 60, 80, 200}) {
    const auto lines = render::sprint_lines(sprint(), activity(0), {columns, 24});
    const auto width = [&](std::size_t line) {
      return util::display_width(lines[line][1].text + lines[line][2].text);
    };
    INFO(columns);
    CHECK(width(3) == width(4));
    CHECK(util::display_width(render::plain(lines[3])) <= static_cast<std::size_t>(columns));
  }
}

TEST_CASE("the counts go on in a second line where one is too short") {
  const auto shown = text(render::sprint_lines(sprint(), activity(0), {50, 24}));
  CHECK_THAT(shown, ContainsSubstring("todo 2   in_progress 1   blocked 0   review 1\n"
                                      "done 4   dropped 1\n"));
}

TEST_CASE("a long name leaves room for the days left, a long title for what changed") {
  auto view = sprint();
  view.sprint.name = std::string(100, 'n');
  auto said = activity(1);
  said.changes[0].thing = "42 " + std::string(200, 't');
  for (const auto& line : render::sprint_lines(view, said, {80, 24}))
    CHECK(util::display_width(render::plain(line)) <= 80);
  const auto shown = text(render::sprint_lines(view, said, {80, 24}));
  CHECK_THAT(shown, ContainsSubstring("nnn…  active  3 days left\n"));
  CHECK_THAT(shown, ContainsSubstring("ttt…  status review → done\n"));
}

TEST_CASE("only an active sprint has days left") {
  auto view = sprint();
  view.sprint.state = model::SprintState::kClosed;
  CHECK_THAT(text(render::sprint_lines(view, activity(0), {80, 24})),
             StartsWith("Sprint 12  closed\n"));
  view.sprint.state = model::SprintState::kPlanned;
  view.sprint.start = std::chrono::year{2026} / 12 / 1;
  CHECK_THAT(text(render::sprint_lines(view, activity(0), {80, 24})),
             StartsWith("Sprint 12  planned  starts 2026-12-01\n"));
  CHECK_THAT(text(render::sprint_lines(std::nullopt, activity(0), {80, 24})),
             StartsWith("the sprint was deleted\n"));
}

TEST_CASE("of a closed sprint the report is shown, not what is left in it") {
  auto view = sprint();
  view.sprint.state = model::SprintState::kClosed;
  view.sprint.report.emplace().progress.tasks = {4, 0, 0, 0, 4, 0};
  view.progress.tasks = {0, 0, 0, 0, 4, 0};
  const auto shown = text(render::sprint_lines(view, activity(0), {80, 24}));
  CHECK_THAT(shown, StartsWith("Sprint 12  closed  as it was at the close\n"));
  CHECK_THAT(shown, ContainsSubstring("4 of 8") && ContainsSubstring("todo 4"));
}

TEST_CASE("a change of another day is shown with its day") {
  auto said = activity(2);
  said.changes[1].at -= std::chrono::days{1};
  const auto shown = text(render::sprint_lines(sprint(), said, {80, 24}));
  CHECK_THAT(shown, ContainsSubstring("10:00:00     ana  42"));
  CHECK_THAT(shown, ContainsSubstring("11-22 10:00  ana  42"));
  said.changes[1].at -= std::chrono::days{366};
  CHECK_THAT(text(render::sprint_lines(sprint(), said, {80, 24})),
             ContainsSubstring("2025-11-21  ana  42"));
}

TEST_CASE("painted lines fit the width and show no control characters") {
  const Line line{{"42 \x1b[31mred", render::Tone::kBold},
                  {" and a long tail that does not fit", render::Tone::kDim}};
  const auto painted = render::paint(line, 20, render::Colour::kOff);
  CHECK(painted.find('\x1b') == std::string::npos);
  CHECK_THAT(painted, EndsWith("…"));
  CHECK_THAT(render::paint(line, 20, render::Colour::kOn), StartsWith("\x1b[1m"));
}

TEST_CASE("a list says how many it does not show") {
  render::TaskList list{.title = "label:api", .tasks = {}, .total = 30};
  for (int i = 1; i <= 30; ++i) {
    model::Task task;
    task.id = model::TaskId{i};
    task.title = "Task " + std::to_string(i);
    list.tasks.push_back(task);
  }
  const auto shown = text(render::list_lines(list, activity(2), {80, 24}));
  CHECK_THAT(shown, StartsWith("label:api  30 tasks\n"));
  CHECK_THAT(shown, ContainsSubstring("and 17 more"));
}

TEST_CASE("changes are told in words") {
  const auto frame = wire::decode_frame(
      R"({"rev":9,"prev":8,"cursor":"9-00000000000000aa","at":"2026-11-23T10:00:00.000Z","actor":"ana","origin":"cli","changes":[)"
      R"({"type":"task.updated","id":42,"version":7,"set":{"sprint":3,"status":"done","version":7},"was":{"sprint":null,"status":"review","version":6}},)"
      R"({"type":"sprint.progress","id":3,"set":{},"was":{}},)"
      R"({"type":"task.deleted","id":43,"version":1,"set":{},"was":{"title":"Old"}}]})");
  const render::Names names{.task = [](model::TaskId) { return std::string("Fix login"); },
                            .sprint = [](model::SprintId) { return std::string("Sprint 12"); },
                            .zone = &kUtc};
  const auto lines = render::describe(frame, names);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].thing == "42 Fix login");
  CHECK(lines[0].text == "sprint Sprint 12, status review → done");
  CHECK(lines[1].thing == "43 Old");
  CHECK(lines[1].text == "deleted");
}

TEST_CASE("a field that is taken away is none, a date is a day") {
  const auto frame = wire::decode_frame(
      R"({"rev":9,"prev":8,"cursor":"9-00000000000000aa","at":"2026-11-23T10:00:00.000Z","actor":"ana","origin":"cli","changes":[)"
      R"({"type":"task.updated","id":42,"version":7,"set":{"blocked_by":[],"blocked_reason":"vendor","due":null,"labels":["a","b"]},"was":{"blocked_by":[7,8],"blocked_reason":null,"due":"2026-11-24T23:59:59.000Z","labels":[]}}]})");
  const render::Names names{.task = [](model::TaskId) { return std::string(); },
                            .sprint = [](model::SprintId) { return std::string(); },
                            .zone = &kUtc};
  CHECK(render::describe(frame, names).at(0).text ==
        "waits for 7,8 → none, reason vendor, due 2026-11-24 → none, labels a,b");
}

}  // namespace
}  // namespace taskman::test
