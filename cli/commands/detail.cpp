#include "cli/commands/detail.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/commands/names.hpp"
#include "cli/render/table.hpp"
#include "common/time/text.hpp"
#include "common/util/text.hpp"
#include "common/wire/entities.hpp"
#include "common/wire/envelope.hpp"
#include "common/wire/paths.hpp"

namespace taskman::cli {
namespace {

using render::Detail;
using render::Tone;

std::string ids_text(const std::vector<model::TaskId>& ids) {
  std::string text;
  for (const auto id : ids) text.append(text.empty() ? "" : ", ").append(std::to_string(id.value));
  return text;
}

std::string status_text(const model::Task& task) {
  std::string text(model::name(task.status));
  if (task.blocked_reason) text += ": " + *task.blocked_reason;
  if (task.status == model::Status::kTodo && task.ready) text += ", ready";
  return text;
}

std::string lease_text(Session& session, const model::Lease& lease) {
  return fmt::format("{} until {}, token {}", lease.holder, when_text(session, lease.until),
                     lease.token);
}

/// The tasks around one that it does not name itself.
struct Neighbours {
  std::vector<model::TaskId> children;
  std::vector<model::TaskId> waiting;  ///< for it
};

Neighbours neighbours_of(Session& session, model::TaskId id) {
  const std::string filter = fmt::format("parent:{0} or blocked_by:{0}", id.value);
  const auto answer = session.api().get(std::string(wire::kTasks),
                                        {{"filter", filter}, {"sort", "id"}, {"limit", "all"}});
  Neighbours found;
  for (const auto& item : wire::split_array(answer.data)) {
    const auto task = wire::decode_task(item);
    if (task.parent == id) found.children.push_back(task.id);
    if (std::ranges::binary_search(task.blocked_by, id)) found.waiting.push_back(task.id);
  }
  return found;
}

std::vector<Detail> rows_of(Session& session, const model::Task& task) {
  const Neighbours neighbours = neighbours_of(session, task.id);
  SprintNames sprints(session);
  const auto when = [&](const std::optional<util::Instant>& at) {
    return at ? when_text(session, *at) : std::string();
  };
  const bool late = task.due && *task.due < session.now() && model::is_open(task.status);
  return {{"status", {status_text(task), tone_of(task.status)}},
          {"priority", {std::string(model::name(task.priority)), tone_of(task.priority)}},
          {"project", {task.project.value_or("")}},
          {"sprint", {task.sprint ? sprints.of(*task.sprint) : ""}},
          {"parent", {task.parent ? std::to_string(task.parent->value) : ""}},
          {"children", {ids_text(neighbours.children)}},
          {"assignee", {task.assignee.value_or("")}},
          {"labels", {util::join(task.labels, ", ")}},
          {"points", {task.points ? std::to_string(*task.points) : ""}},
          {"due", {when(task.due), late ? Tone::kBad : Tone::kPlain}},
          {"blocked by", {ids_text(task.blocked_by)}},
          {"blocks", {ids_text(neighbours.waiting)}},
          {"claimed by", {task.lease ? lease_text(session, *task.lease) : ""}},
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

}  // namespace

std::string heading(Session& session, const std::string& text) {
  return render::paint({{text, Tone::kBold}}, std::string::npos, session.colour()) + "\n";
}

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
