#include "cli/render/activity.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <span>

#include <fmt/format.h>

#include "common/time/text.hpp"
#include "common/util/text.hpp"

namespace taskman::render {
namespace {

constexpr std::size_t kFewChanges = 3;  // worth more than blank lines
constexpr std::size_t kNarrow = 50;     // columns: seconds and long names give way
constexpr std::size_t kGap = 2;

std::string padded(std::string_view text, std::size_t width) {
  std::string fitted = util::fit(text, width);
  fitted.append(width - std::min(width, util::display_width(fitted)), ' ');
  return fitted;
}

/// Of today the clock on the wall, of another day the day too, of another year the date.
std::string when_text(util::Instant at, const Activity& activity, bool narrow) {
  const auto day = activity.zone->day_of(at);
  const auto today = activity.zone->day_of(activity.now);
  if (day.year() != today.year()) return time::to_text(day);
  const std::chrono::hh_mm_ss clock(time::time_of_day(at, *activity.zone));
  const auto minutes = fmt::format("{:02}:{:02}", clock.hours().count(), clock.minutes().count());
  if (day != today) return time::to_text(day).substr(5) + (narrow ? "" : " " + minutes);
  return narrow ? minutes : fmt::format("{}:{:02}", minutes, clock.seconds().count());
}

/// The changes as rows of three columns, each as wide as its widest cell.
class Changes {
 public:
  Changes(const Activity& activity, std::span<const ChangeLine> changes, std::size_t columns)
      : columns_(columns) {
    const bool narrow = columns < kNarrow;
    for (const auto& change : changes) {
      rows_.push_back({when_text(change.at, activity, narrow), change});
      when_ = std::max(when_, rows_.back().when.size());
      actor_ = std::max(actor_, util::display_width(change.actor));
    }
    actor_ = std::min<std::size_t>(actor_, narrow ? 5 : 12);
  }

  void add_to(std::vector<Line>& lines) const {
    for (const auto& row : rows_) lines.push_back(line(row));
  }

 private:
  struct Row {
    std::string when;
    const ChangeLine& change;
  };

  /// A long title gives way to what changed, but not all of it.
  Line line(const Row& row) const {
    const auto used = when_ + actor_ + 2 * kGap;
    const auto room = columns_ > used ? columns_ - used : 0;
    const auto text = util::display_width(row.change.text) + kGap;
    const auto thing = std::max(room > text ? room - text : 0, room * 2 / 5);
    return {{padded(row.when, when_ + kGap), Tone::kDim},
            {padded(row.change.actor, actor_) + std::string(kGap, ' '), Tone::kAccent},
            {util::fit(row.change.thing, thing) + std::string(kGap, ' '), Tone::kPlain},
            {row.change.text, Tone::kBold}};
  }

  std::size_t columns_;
  std::size_t when_ = 0;
  std::size_t actor_ = 0;
  std::vector<Row> rows_;
};

}  // namespace

void add_activity(std::vector<Line>& lines, const Activity& activity, Size size) {
  const auto rows = static_cast<std::size_t>(std::max(size.rows, 1));
  lines.emplace_back();
  if (lines.size() + kFewChanges + 1 > rows)
    std::erase_if(lines, [](const Line& line) { return line.empty(); });
  if (activity.changes.empty())
    lines.push_back({{"no changes yet: they appear here as they happen", Tone::kDim}});
  const auto room = rows > lines.size() + 1 ? rows - lines.size() - 1 : 0;
  const std::span changes(activity.changes.data(), std::min(activity.changes.size(), room));
  Changes(activity, changes, static_cast<std::size_t>(std::max(size.columns, 1))).add_to(lines);
  lines.resize(rows - 1);
  lines.push_back({activity.state, {" · ctrl-c ends", Tone::kDim}});
}

}  // namespace taskman::render
