#include "cli/render/live_view.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <numeric>

#include <fmt/format.h>

#include "common/time/text.hpp"
#include "common/util/text.hpp"

namespace taskman::render {
namespace {

using model::Status;

constexpr std::array kTones{Tone::kPlain,  Tone::kBusy, Tone::kBad,
                            Tone::kAccent, Tone::kGood, Tone::kDim};

Tone tone_of(Status status) { return kTones[static_cast<std::size_t>(status)]; }

std::string padded(std::string_view text, std::size_t width) {
  std::string fitted = util::fit(text, width);
  fitted.append(width - util::display_width(fitted), ' ');
  return fitted;
}

/// `10:04:05` on the wall; with the day when it is not today's.
std::string wall_clock(util::Instant at, const time::Zone& zone) {
  const auto since_midnight =
      std::chrono::floor<std::chrono::seconds>(at - zone.start_of(zone.day_of(at)));
  const std::chrono::hh_mm_ss clock(since_midnight);
  return fmt::format("{:02}:{:02}:{:02}", clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count());
}

std::string days_left(const std::optional<std::int64_t>& days) {
  if (!days) return "no end";
  if (*days == 0) return "last day";
  if (*days < 0) return fmt::format("{} day{} over", -*days, *days == -1 ? "" : "s");
  return fmt::format("{} day{} left", *days, *days == 1 ? "" : "s");
}

struct Share {
  std::string_view label;
  std::int64_t done = 0;
  std::int64_t total = 0;  ///< without what was dropped
};

Share share(std::string_view label, const std::array<std::int64_t, model::kStatusCount>& counts) {
  const auto all = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  return {label, counts[static_cast<std::size_t>(Status::kDone)],
          all - counts[static_cast<std::size_t>(Status::kDropped)]};
}

/// `tasks   ████████░░░░░░░░  50 %  6 of 12`; nothing estimated is not 0 %.
Line bar(const Share& share, int columns) {
  Line line{{padded(share.label, 8), Tone::kPlain}};
  if (share.total == 0) {
    line.push_back({"nothing to count yet", Tone::kDim});
    return line;
  }
  const auto width = static_cast<std::int64_t>(std::clamp(columns - 36, 10, 50));
  const auto filled = share.done * width / share.total;
  std::string full;
  std::string rest;
  for (std::int64_t i = 0; i < width; ++i) (i < filled ? full : rest) += i < filled ? "█" : "░";
  line.push_back({full, Tone::kGood});
  line.push_back({rest, Tone::kDim});
  line.push_back({fmt::format("  {:>3} %", share.done * 100 / share.total), Tone::kBold});
  line.push_back({fmt::format("   {} of {}", share.done, share.total), Tone::kPlain});
  return line;
}

Line counts_by_status(const model::Progress& progress) {
  Line line;
  for (const auto& word : model::status_words()) {
    const auto index = static_cast<std::size_t>(&word - model::status_words().data());
    if (!line.empty()) line.push_back({"   ", Tone::kPlain});
    line.push_back({std::string(word.name) + " ", Tone::kDim});
    const bool any = progress.tasks[index] > 0;
    line.push_back({std::to_string(progress.tasks[index]),
                    any ? tone_of(static_cast<Status>(index)) : Tone::kDim});
  }
  if (progress.unestimated > 0)
    line.push_back({fmt::format("   without points {}", progress.unestimated), Tone::kDim});
  return line;
}

Line change(const ChangeLine& line, const time::Zone& zone) {
  return {{wall_clock(line.at, zone) + "  ", Tone::kDim},
          {padded(line.actor, 10) + " ", Tone::kAccent},
          {line.thing + "  ", Tone::kPlain},
          {line.text, Tone::kBold}};
}

/// Fills the rest of the screen with the newest changes, the last row with the state of the
/// connection.
void add_activity(std::vector<Line>& lines, const Activity& activity, Size size) {
  const auto rows = static_cast<std::size_t>(std::max(size.rows, 1));
  lines.push_back({});
  if (activity.changes.empty())
    lines.push_back({{"no changes yet: they appear here as they happen", Tone::kDim}});
  for (const auto& line : activity.changes) {
    if (lines.size() + 1 >= rows) break;
    lines.push_back(change(line, *activity.zone));
  }
  while (lines.size() + 1 < rows) lines.push_back({});
  lines.resize(std::min(lines.size(), rows - 1));
  lines.push_back({{activity.state + " · ctrl-c ends", Tone::kDim}});
}

Line field(std::string_view name, std::string value, Tone tone = Tone::kPlain) {
  return {{padded(name, 10), Tone::kDim}, {std::move(value), tone}};
}

void add_field(std::vector<Line>& lines, std::string_view name,
               const std::optional<std::string>& value) {
  if (value && !value->empty()) lines.push_back(field(name, *value));
}

void add_task_fields(std::vector<Line>& lines, const model::Task& task, const time::Zone& zone) {
  lines.push_back({{fmt::format("{} ", task.id.value), Tone::kAccent}, {task.title, Tone::kBold}});
  lines.push_back({});
  lines.push_back(field("status", std::string(model::name(task.status)), tone_of(task.status)));
  lines.push_back(field("priority", std::string(model::name(task.priority))));
  add_field(lines, "reason", task.blocked_reason);
  add_field(lines, "assignee", task.assignee);
  add_field(lines, "project", task.project);
  add_field(lines, "labels", util::join(task.labels, ", "));
  if (task.points) lines.push_back(field("points", std::to_string(*task.points)));
  if (task.due) lines.push_back(field("due", time::to_text(zone.day_of(*task.due))));
  if (!task.ready && model::is_open(task.status))
    lines.push_back(field("ready", "no", Tone::kBusy));
}

}  // namespace

std::vector<Line> sprint_lines(const wire::SprintView& view, const Activity& activity, Size size) {
  std::vector<Line> lines{{{view.sprint.name, Tone::kBold},
                           {"  " + std::string(model::name(view.sprint.state)), Tone::kAccent},
                           {"  " + days_left(view.days_left), Tone::kDim}}};
  if (!view.sprint.goal.empty()) lines.push_back({{view.sprint.goal, Tone::kPlain}});
  lines.push_back({});
  lines.push_back(bar(share("tasks", view.progress.tasks), size.columns));
  lines.push_back(bar(share("points", view.progress.points), size.columns));
  lines.push_back({});
  lines.push_back(counts_by_status(view.progress));
  add_activity(lines, activity, size);
  return lines;
}

std::vector<Line> task_lines(const std::optional<model::Task>& task, const Activity& activity,
                             Size size) {
  std::vector<Line> lines;
  if (task) {
    add_task_fields(lines, *task, *activity.zone);
  } else {
    lines.push_back({{"deleted", Tone::kBad}});
  }
  add_activity(lines, activity, size);
  return lines;
}

std::vector<Line> list_lines(const TaskList& list, const Activity& activity, Size size) {
  std::vector<Line> lines{
      {{list.title, Tone::kBold},
       {fmt::format("  {} task{}", list.total, list.total == 1 ? "" : "s"), Tone::kDim}},
      {}};
  // The list may take two thirds of the screen, the changes have the rest.
  const auto room = static_cast<std::size_t>(std::max(size.rows * 2 / 3 - 3, 1));
  for (const auto& task : list.tasks) {
    if (lines.size() >= room + 2) break;
    lines.push_back({{fmt::format("{:>6}  ", task.id.value), Tone::kAccent},
                     {padded(model::name(task.status), 12), tone_of(task.status)},
                     {padded(model::name(task.priority), 4), Tone::kDim},
                     {task.title, Tone::kPlain}});
  }
  const auto shown = static_cast<std::int64_t>(lines.size()) - 2;
  if (shown < list.total)
    lines.push_back({{fmt::format("        and {} more", list.total - shown), Tone::kDim}});
  add_activity(lines, activity, size);
  return lines;
}

}  // namespace taskman::render
