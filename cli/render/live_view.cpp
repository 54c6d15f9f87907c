#include "cli/render/live_view.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>

#include <fmt/format.h>

#include "common/time/text.hpp"
#include "common/util/text.hpp"

namespace taskman::render {
namespace {

using model::Status;

constexpr std::size_t kLabel = 8;  // columns before a bar

constexpr std::array kTones{Tone::kPlain,  Tone::kBusy, Tone::kBad,
                            Tone::kAccent, Tone::kGood, Tone::kDim};

Tone tone_of(Status status) { return kTones[static_cast<std::size_t>(status)]; }

std::string padded(std::string_view text, std::size_t width) {
  std::string fitted = util::fit(text, width);
  fitted.append(width - util::display_width(fitted), ' ');
  return fitted;
}

std::size_t width_of(const Line& line) { return util::display_width(plain(line)); }

/// When it ends, or will begin; of a closed sprint, that the figures are those of its report.
Span time_left(const wire::SprintView& view) {
  const auto& sprint = view.sprint;
  if (sprint.state == model::SprintState::kPlanned && sprint.start)
    return {"  starts " + time::to_text(*sprint.start), Tone::kDim};
  if (sprint.report) return {"  as it was at the close", Tone::kDim};
  if (sprint.state != model::SprintState::kActive) return {};
  if (!view.days_left) return {"  no end", Tone::kDim};
  const auto days = *view.days_left;
  if (days == 0) return {"  last day", Tone::kBusy};
  if (days < 0) return {fmt::format("  {} day{} over", -days, days == -1 ? "" : "s"), Tone::kBad};
  return {fmt::format("  {} day{} left", days, days == 1 ? "" : "s"), Tone::kDim};
}

/// A long name gives way to the days left.
Line sprint_head(const wire::SprintView& view, std::size_t columns) {
  Line tail{{"  " + std::string(model::name(view.sprint.state)), Tone::kAccent}, time_left(view)};
  const auto room = columns - std::min(columns, width_of(tail));
  Line line{{util::fit(view.sprint.name, std::max(room, columns / 2)), Tone::kBold}};
  line.insert(line.end(), tail.begin(), tail.end());
  return line;
}

struct Share {
  std::string_view label;
  std::int64_t done = 0;
  std::int64_t total = 0;  ///< without what was dropped

  std::string count() const { return fmt::format("   {} of {}", done, total); }
};

Share share(std::string_view label, const std::array<std::int64_t, model::kStatusCount>& counts) {
  const auto all = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
  return {label, counts[static_cast<std::size_t>(Status::kDone)],
          all - counts[static_cast<std::size_t>(Status::kDropped)]};
}

/// `tasks   ████████░░░░░░░░  50 %   6 of 12`; nothing estimated is not 0 %.
Line bar(const Share& share, std::size_t width, bool counted) {
  Line line{{padded(share.label, kLabel)}};
  if (share.total == 0) {
    line.push_back({"nothing to count yet", Tone::kDim});
    return line;
  }
  const auto filled =
      static_cast<std::size_t>(share.done) * width / static_cast<std::size_t>(share.total);
  std::string full;
  std::string rest;
  for (std::size_t i = 0; i < width; ++i) (i < filled ? full : rest) += i < filled ? "█" : "░";
  line.push_back({full, Tone::kGood});
  line.push_back({rest, Tone::kDim});
  line.push_back({fmt::format("  {:>3} %", share.done * 100 / share.total), Tone::kBold});
  if (counted) line.push_back({share.count()});
  return line;
}

/// By tasks and by points, of one width; where there is little room, without the numbers.
void add_bars(std::vector<Line>& lines, const model::Progress& progress, std::size_t columns) {
  constexpr std::size_t kPercent = 7;
  constexpr std::size_t kShortest = 10;
  constexpr std::size_t kLongest = 50;
  const std::array shares{share("tasks", progress.tasks), share("points", progress.points)};
  const auto count = std::max(shares[0].count().size(), shares[1].count().size());
  const auto room = columns - std::min(columns, kLabel + kPercent);
  const bool counted = room >= kShortest + count;
  const auto width = std::clamp<std::size_t>(counted ? room - count : room, 1, kLongest);
  for (const auto& each : shares) lines.push_back(bar(each, width, counted));
}

std::vector<Line> counted_statuses(const model::Progress& progress) {
  std::vector<Line> counts;
  for (const auto& word : model::status_words()) {
    const auto index = static_cast<std::size_t>(&word - model::status_words().data());
    const auto count = progress.tasks[index];
    counts.push_back(
        {{std::string(word.name) + " ", Tone::kDim},
         {std::to_string(count), count > 0 ? tone_of(static_cast<Status>(index)) : Tone::kDim}});
  }
  if (progress.unestimated > 0)
    counts.push_back({{fmt::format("without points {}", progress.unestimated), Tone::kDim}});
  return counts;
}

/// Beside each other, on as many lines as it takes.
void add_counts(std::vector<Line>& lines, const model::Progress& progress, std::size_t columns) {
  constexpr std::size_t kBetween = 3;
  Line line;
  for (const auto& count : counted_statuses(progress)) {
    if (!line.empty() && width_of(line) + kBetween + width_of(count) > columns)
      lines.push_back(std::exchange(line, {}));
    if (!line.empty()) line.push_back({std::string(kBetween, ' ')});
    line.insert(line.end(), count.begin(), count.end());
  }
  lines.push_back(line);
}

Line field(std::string_view name, std::string value, Tone tone = Tone::kPlain) {
  return {{padded(name, 10), Tone::kDim}, {std::move(value), tone}};
}

void add_field(std::vector<Line>& lines, std::string_view name,
               const std::optional<std::string>& value) {
  if (value && !value->empty()) lines.push_back(field(name, *value));
}

void add_task_fields(std::vector<Line>& lines, const model::Task& task, const Activity& activity) {
  lines.push_back({{fmt::format("{} ", task.id.value), Tone::kAccent}, {task.title, Tone::kBold}});
  lines.push_back({});
  lines.push_back(field("status", std::string(model::name(task.status)), tone_of(task.status)));
  lines.push_back(field("priority", std::string(model::name(task.priority))));
  add_field(lines, "reason", task.blocked_reason);
  add_field(lines, "assignee", task.assignee);
  add_field(lines, "project", task.project);
  add_field(lines, "labels", util::join(task.labels, ", "));
  if (task.points) lines.push_back(field("points", std::to_string(*task.points)));
  if (task.due) {
    const bool late = *task.due < activity.now && model::is_open(task.status);
    lines.push_back(field("due", time::to_text(activity.zone->day_of(*task.due)),
                          late ? Tone::kBad : Tone::kPlain));
  }
  if (!task.ready && model::is_open(task.status))
    lines.push_back(field("ready", "no", Tone::kBusy));
}

}  // namespace

std::vector<Line> sprint_lines(const std::optional<wire::SprintView>& view,
                               const Activity& activity, Size size) {
  const auto columns = static_cast<std::size_t>(std::max(size.columns, 1));
  std::vector<Line> lines;
  if (view) {
    lines.push_back(sprint_head(*view, columns));
    if (!view->sprint.goal.empty()) lines.push_back({{view->sprint.goal}});
    lines.emplace_back();
    const auto& progress = wire::settled_progress(*view);
    add_bars(lines, progress, columns);
    lines.emplace_back();
    add_counts(lines, progress, columns);
  } else {
    lines.push_back({{"the sprint was deleted", Tone::kBad}});
  }
  add_activity(lines, activity, size);
  return lines;
}

std::vector<Line> task_lines(const std::optional<model::Task>& task, const Activity& activity,
                             Size size) {
  std::vector<Line> lines;
  if (task) {
    add_task_fields(lines, *task, activity);
  } else {
    lines.push_back({{"the task was deleted", Tone::kBad}});
  }
  add_activity(lines, activity, size);
  return lines;
}

std::vector<Line> list_lines(const TaskList& list, const Activity& activity, Size size) {
  std::vector<Line> lines{
      {{list.title, Tone::kBold},
       {fmt::format("  {} {}{}", list.total, list.noun, list.total == 1 ? "" : "s"), Tone::kDim}},
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
