#include "cli/commands/detail.hpp"

#include <fmt/format.h>

#include "cli/commands/names.hpp"
#include "cli/render/table.hpp"
#include "common/time/text.hpp"
#include "common/util/text.hpp"
#include "common/wire/entities.hpp"
#include "common/wire/envelope.hpp"
#include "common/wire/paths.hpp"
#include "common/wire/views.hpp"

namespace taskman::cli {
namespace {

using render::Detail;
using render::Tone;

std::string ids_text(const std::vector<model::TaskId>& ids) {
  std::string text;
  for (const auto id : ids) text.append(text.empty() ? "" : ", ").append(std::to_string(id.value));
  return text;
}

std::string heading(Session& session, const std::string& text) {
  return render::paint({{text, Tone::kBold}}, std::string::npos, session.colour()) + "\n";
}

std::string status_text(const model::Task& task) {
  std::string text(model::name(task.status));
  if (task.blocked_reason) text += ": " + *task.blocked_reason;
  if (task.status == model::Status::kTodo && task.ready) text += ", ready";
  return text;
}

std::vector<Detail> rows_of(Session& session, const model::Task& task) {
  SprintNames sprints(session);
  const auto when = [&](const std::optional<util::Instant>& at) {
    return at ? when_text(session, *at) : std::string();
  };
  const bool late = task.due && *task.due < session.now() && model::is_open(task.status);
  return {
      {"status", {status_text(task), tone_of(task.status)}},
      {"priority", {std::string(model::name(task.priority)), tone_of(task.priority)}},
      {"project", {task.project.value_or("")}},
      {"sprint", {task.sprint ? sprints.of(*task.sprint) : ""}},
      {"parent", {task.parent ? std::to_string(task.parent->value) : ""}},
      {"assignee", {task.assignee.value_or("")}},
      {"labels", {util::join(task.labels, ", ")}},
      {"points", {task.points ? std::to_string(*task.points) : ""}},
      {"due", {when(task.due), late ? Tone::kBad : Tone::kPlain}},
      {"blocked by", {ids_text(task.blocked_by)}},
      {"claimed by",
       {task.lease ? task.lease->holder + " until " + when_text(session, task.lease->until) : ""}},
      {"external id", {task.external_id.value_or("")}},
      {"created", {when_text(session, task.created_at)}},
      {"updated", {when_text(session, task.updated_at)}},
      {"started", {when(task.started_at)}},
      {"closed", {when(task.closed_at)}},
      {"version", {std::to_string(task.version)}}};
}

std::string indented(std::string_view text) {
  std::string out = "  ";
  for (const char byte : text) {
    out += byte;
    if (byte == '\n') out += "  ";
  }
  return out;
}

std::string comments_text(Session& session, model::TaskId id) {
  std::string text;
  for (const auto& item :
       wire::split_array(session.api().get(wire::task_path(id, "comments")).data)) {
    const auto comment = wire::decode_comment(item);
    text += "\n" + render::paint({{comment.author, Tone::kAccent},
                                  {"  " + when_text(session, comment.at), Tone::kDim}},
                                 std::string::npos, session.colour());
    text += "\n" + indented(util::escape_for_terminal(comment.text, "\n\t")) + "\n";
  }
  return text;
}

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

std::vector<Detail> report_rows(const model::Sprint& sprint) {
  if (!sprint.report) return {};
  const auto& report = *sprint.report;
  const std::string to = report.carried_to.empty() ? "" : " → " + report.carried_to;
  return {{"completed", {ids_text(report.completed)}},
          {"dropped", {ids_text(report.dropped)}},
          {"carried", {report.carried.empty() ? "" : ids_text(report.carried) + to}},
          {"added", {ids_text(report.added)}},
          {"removed", {ids_text(report.removed)}}};
}

}  // namespace

std::string when_text(Session& session, util::Instant instant) {
  const std::chrono::hh_mm_ss clock(time::time_of_day(instant, session.zone()));
  return fmt::format("{} {:02}:{:02} ({})", time::to_text(session.zone().day_of(instant)),
                     clock.hours().count(), clock.minutes().count(),
                     time::to_relative(instant, session.now()));
}

std::string task_detail(Session& session, const std::string& data) {
  const auto task = wire::decode_task(data);
  std::string text = heading(session, std::to_string(task.id.value) + "  " + task.title);
  text += render::to_text(rows_of(session, task), session.colour());
  if (!task.body.empty())
    text += "\n" + indented(util::escape_for_terminal(task.body, "\n\t")) + "\n";
  return text + comments_text(session, task.id);
}

std::string sprint_detail(Session& session, const std::string& data) {
  const auto view = wire::decode_sprint_view(data);
  const auto& sprint = view.sprint;
  std::vector<Detail> rows{
      {"state",
       {std::string(model::name(sprint.state)) +
        (days_text(view).empty() ? "" : ", " + days_text(view))}},
      {"goal", {sprint.goal}},
      {"project", {sprint.project.value_or("")}},
      {"days", {span_text(sprint)}},
      {"capacity", {sprint.capacity ? std::to_string(*sprint.capacity) + " points" : ""}},
      {"tasks", {progress_text(view.progress.tasks)}},
      {"points", {progress_text(view.progress.points)}},
      {"by status", {counts_text(view.progress)}},
      {"unestimated",
       {view.progress.unestimated == 0 ? ""
                                       : std::to_string(view.progress.unestimated) + " tasks"}},
      {"version", {std::to_string(sprint.version)}}};
  for (auto& row : report_rows(sprint)) rows.push_back(std::move(row));
  return heading(session, std::to_string(sprint.id.value) + "  " + sprint.name) +
         render::to_text(rows, session.colour());
}

std::string project_detail(Session& session, const std::string& data) {
  const auto project = wire::decode_project(data);
  const std::vector<Detail> rows{{"name", {project.name}},
                                 {"description", {project.description}},
                                 {"created", {when_text(session, project.created_at)}},
                                 {"updated", {when_text(session, project.updated_at)}},
                                 {"version", {std::to_string(project.version)}}};
  return heading(session, project.key) + render::to_text(rows, session.colour());
}

}  // namespace taskman::cli
