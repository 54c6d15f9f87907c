#include "unit/wire_samples.hpp"

#include <algorithm>
#include <array>

namespace taskman::test {

using namespace std::chrono_literals;

model::Task full_task() {
  model::Task task;
  task.id = {42};
  task.title = "Fix \"login\" – тест 🚀";
  task.body = "line 1\nline 2\t\x01";
  task.status = model::Status::kInProgress;
  task.priority = model::Priority::kP1;
  task.project = "web";
  task.sprint = model::SprintId{3};
  task.parent = model::TaskId{7};
  task.assignee = "ana";
  task.labels = {"api", "ui"};
  task.points = 5;
  task.due = instant_at(kNoon);
  task.blocked_by = {{1}, {2}};
  task.blocked_reason = "waits";
  task.external_id = "github:o/r#12";
  task.lease = model::Lease{"bot", instant_at(kNoon + 60'000), 12};
  task.ready = false;
  task.version = 9;
  task.created_at = instant_at(kNoon - 1000);
  task.updated_at = instant_at(kNoon);
  task.started_at = instant_at(kNoon - 500);
  return task;
}

model::Progress some_progress() {
  model::Progress progress;
  progress.tasks = {2, 1, 0, 0, 4, 3};
  progress.points = {5, 0, 0, 0, 3, 8};
  progress.unestimated = 2;
  return progress;
}

model::Sprint full_sprint() {
  model::Sprint sprint;
  sprint.id = {3};
  sprint.name = "Sprint 12";
  sprint.project = "web";
  sprint.goal = "ship it";
  sprint.start = std::chrono::year(2026) / 11 / 16;
  sprint.end = std::chrono::year(2026) / 11 / 27;
  sprint.tz = "Europe/Berlin";
  sprint.capacity = 40;
  sprint.state = model::SprintState::kClosed;
  sprint.version = 4;
  sprint.created_at = instant_at(kNoon - 1000);
  sprint.updated_at = instant_at(kNoon);
  sprint.started_at = instant_at(kNoon - 500);
  sprint.closed_at = instant_at(kNoon);
  sprint.committed = {{{1}, 3, model::Status::kTodo}, {{2}, std::nullopt, model::Status::kReview}};
  sprint.report =
      model::SprintReport{some_progress(), {{1}}, {{4}}, {{2}}, {{5}}, {{6}}, "Sprint 13"};
  return sprint;
}

model::Project full_project() {
  return {"web", "Web site", "what customers see", 2, instant_at(kNoon - 1000), instant_at(kNoon)};
}

model::Comment full_comment() { return {{8}, {42}, "ana", "looks good\n", instant_at(kNoon)}; }

std::int64_t Samples::number(std::int64_t low, std::int64_t high) {
  return std::uniform_int_distribution<std::int64_t>(low, high)(random_);
}

std::string Samples::text(std::int64_t longest) {
  static constexpr std::array<std::string_view, 12> kPieces{"a",  "Z",    "0",    " ", "\"", "\\",
                                                            "\n", "\x1b", "\x7f", "ß", "語", "🚀"};
  std::string made;
  for (auto n = number(1, longest); n > 0; --n) {
    made += kPieces[static_cast<std::size_t>(number(0, kPieces.size() - 1))];
  }
  return made;
}

std::vector<std::string> Samples::labels() {
  std::vector<std::string> made;
  for (auto n = number(0, 4); n > 0; --n) made.push_back(text(8));
  std::ranges::sort(made);
  made.erase(std::unique(made.begin(), made.end()), made.end());
  return made;
}

std::vector<model::TaskId> Samples::ids() {
  std::vector<model::TaskId> made;
  std::int64_t last = 0;
  for (auto n = number(0, 4); n > 0; --n) made.push_back({last += number(1, 1'000'000'000)});
  return made;
}

model::Task Samples::task() {
  model::Task task;
  task.title = text(40);
  task.body = coin() ? "" : text(200);
  task.status = static_cast<model::Status>(number(0, 5));
  task.priority = static_cast<model::Priority>(number(0, 3));
  task.project = maybe([&] { return text(10); });
  task.sprint = maybe([&] { return model::SprintId{number(1, 99)}; });
  task.parent = maybe([&] { return model::TaskId{number(1, INT64_MAX)}; });
  task.assignee = maybe([&] { return text(10); });
  task.labels = labels();
  task.points = maybe([&] { return number(0, 1000); });
  task.due = maybe([&] { return instant(); });
  task.blocked_by = ids();
  task.blocked_reason = maybe([&] { return text(30); });
  task.external_id = maybe([&] { return text(30); });
  task.id = {number(1, INT64_MAX)};
  task.lease = maybe([&] { return model::Lease{text(10), instant(), 3}; });
  task.ready = coin();
  task.version = number(1, 1'000'000);
  task.created_at = instant();
  task.updated_at = instant();
  task.started_at = maybe([&] { return instant(); });
  task.closed_at = maybe([&] { return instant(); });
  return task;
}

model::Progress Samples::progress() {
  model::Progress made;
  for (auto& count : made.tasks) count = number(0, 50);
  for (auto& count : made.points) count = number(0, 500);
  made.unestimated = number(0, 50);
  return made;
}

model::SprintReport Samples::report() {
  return {progress(), ids(), ids(), ids(), ids(), ids(), coin() ? "" : text(10)};
}

model::Sprint Samples::sprint() {
  model::Sprint sprint;
  sprint.name = text(20);
  sprint.project = maybe([&] { return text(10); });
  sprint.goal = coin() ? "" : text(50);
  sprint.start =
      maybe([&] { return util::Date(std::chrono::floor<std::chrono::days>(instant())); });
  sprint.end = maybe([&] { return util::Date(std::chrono::floor<std::chrono::days>(instant())); });
  sprint.capacity = maybe([&] { return number(0, 500); });
  sprint.id = {number(1, 1000)};
  sprint.state = static_cast<model::SprintState>(number(0, 3));
  sprint.version = number(1, 99);
  sprint.created_at = instant();
  sprint.updated_at = instant();
  sprint.started_at = maybe([&] { return instant(); });
  sprint.closed_at = maybe([&] { return instant(); });
  for (const auto id : ids()) sprint.committed.push_back({id, maybe([&] { return number(0, 9); })});
  sprint.report = maybe([&] { return report(); });
  return sprint;
}

model::Comment Samples::comment() {
  return {{number(1, 1000)}, {number(1, 1000)}, text(10), text(100), instant()};
}

model::Project Samples::project() {
  return {text(10), text(20), text(50), number(1, 99), instant(), instant()};
}

}  // namespace taskman::test
