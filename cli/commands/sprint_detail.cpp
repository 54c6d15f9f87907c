// A sprint in full, and what it came to.

#include <fmt/format.h>

#include "cli/commands/detail.hpp"
#include "cli/render/table.hpp"
#include "common/time/text.hpp"
#include "common/wire/views.hpp"

namespace taskman::cli {
namespace {

using render::Detail;

std::string progress_text(const std::array<std::int64_t, model::kStatusCount>& counts) {
  std::int64_t total = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (static_cast<model::Status>(i) != model::Status::kDropped) total += counts[i];
  }
  const auto done = counts[static_cast<std::size_t>(model::Status::kDone)];
  if (total == 0) return {};
  return fmt::format("{} of {} done ({} %)", done, total, done * 100 / total);
}

std::string counts_text(const model::Progress& progress) {
  std::string text;
  for (std::size_t i = 0; i < progress.tasks.size(); ++i) {
    if (progress.tasks[i] == 0) continue;
    text.append(text.empty() ? "" : ", ")
        .append(
            fmt::format("{} {}", progress.tasks[i], model::name(static_cast<model::Status>(i))));
  }
  return text;
}

std::string days_text(const wire::SprintView& view) {
  if (!view.days_left || view.sprint.state != model::SprintState::kActive) return {};
  if (*view.days_left < 0) return fmt::format("{} d over", -*view.days_left);
  return *view.days_left == 0 ? "last day" : fmt::format("{} d left", *view.days_left);
}

std::string span_text(const model::Sprint& sprint) {
  if (!sprint.start && !sprint.end) return {};
  return (sprint.start ? time::to_text(*sprint.start) : "…") + " to " +
         (sprint.end ? time::to_text(*sprint.end) : "…") + " (" + sprint.tz + ")";
}

/// `1 task`, `2 tasks`; nothing for none.
std::string count_text(std::int64_t count, std::string_view thing) {
  return count == 0 ? "" : fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

/// `task 7`, `tasks 7, 9`: ids that are not to be taken for a count.
std::string tasks_text(const std::vector<model::TaskId>& ids) {
  std::string text;
  for (const auto id : ids) text.append(text.empty() ? "" : ", ").append(std::to_string(id.value));
  return text.empty() ? "" : (ids.size() == 1 ? "task " : "tasks ") + text;
}

std::string committed_text(const model::Sprint& sprint) {
  std::int64_t points = 0;
  for (const auto& item : sprint.committed) points += item.points.value_or(0);
  const auto tasks = count_text(static_cast<std::int64_t>(sprint.committed.size()), "task");
  return points == 0 ? tasks : tasks + ", " + count_text(points, "point");
}

std::vector<Detail> progress_rows(const model::Progress& progress) {
  return {{"tasks", {progress_text(progress.tasks)}},
          {"points", {progress_text(progress.points)}},
          {"by status", {counts_text(progress)}},
          {"unestimated", {count_text(progress.unestimated, "task")}}};
}

std::vector<Detail> report_rows(const model::Sprint& sprint) {
  if (!sprint.report) return {};
  const auto& report = *sprint.report;
  const std::string to = report.carried_to.empty() ? "" : " → " + report.carried_to;
  return {{"completed", {tasks_text(report.completed)}},
          {"dropped", {tasks_text(report.dropped)}},
          {"carried", {report.carried.empty() ? "" : tasks_text(report.carried) + to}},
          {"added", {tasks_text(report.added)}},
          {"removed", {tasks_text(report.removed)}}};
}

void add(std::vector<Detail>& rows, std::vector<Detail> more) {
  for (auto& row : more) rows.push_back(std::move(row));
}

std::string state_text(const wire::SprintView& view) {
  const std::string state(model::name(view.sprint.state));
  if (view.sprint.report) return state + "; the figures are those of its close";
  const auto days = days_text(view);
  return days.empty() ? state : state + ", " + days;
}

}  // namespace

std::optional<std::string> closing_text(const model::Sprint& sprint) {
  if (!sprint.report) return std::nullopt;
  const auto& report = *sprint.report;
  const auto tasks = progress_text(report.progress.tasks);
  const auto points = progress_text(report.progress.points);
  std::string text = tasks.empty() ? "no tasks" : "tasks: " + tasks;
  if (!points.empty()) text += "; points: " + points;
  const auto carried = count_text(static_cast<std::int64_t>(report.carried.size()), "open task");
  if (carried.empty()) return text;
  const bool out = report.carried_to == "none";
  return text + "; " + carried + (out ? " out of the sprint" : " → " + report.carried_to);
}

std::string report_detail(Session& session, const model::Sprint& sprint) {
  std::vector<Detail> rows{{"committed", {committed_text(sprint)}}};
  if (sprint.report) add(rows, progress_rows(sprint.report->progress));
  add(rows, report_rows(sprint));
  return render::to_text(rows, session.colour());
}

std::string sprint_detail(Session& session, const std::string& data) {
  const auto view = wire::decode_sprint_view(data);
  const auto& sprint = view.sprint;
  std::vector<Detail> rows{
      {"state", {state_text(view)}},
      {"goal", {sprint.goal}},
      {"project", {sprint.project.value_or("")}},
      {"days", {span_text(sprint)}},
      {"capacity",
       {sprint.capacity == 0 ? "0 points" : count_text(sprint.capacity.value_or(0), "point")}},
      {"committed", {committed_text(sprint)}}};
  add(rows, progress_rows(wire::settled_progress(view)));
  rows.push_back({"version", {std::to_string(sprint.version)}});
  add(rows, report_rows(sprint));
  return heading(session, std::to_string(sprint.id.value) + "  " + sprint.name) +
         render::to_text(rows, session.colour());
}

}  // namespace taskman::cli
