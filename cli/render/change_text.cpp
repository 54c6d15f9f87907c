#include "cli/render/change_text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>
#include <variant>

#include <fmt/format.h>

#include "common/time/text.hpp"
#include "common/util/text.hpp"
#include "common/wire/apply.hpp"
#include "common/wire/fields.hpp"

namespace taskman::render {
namespace {

using model::ChangeType;
using Item = wire::Frame::Item;

// Book-keeping that follows from what is shown.
constexpr std::array<std::string_view, 9> kSilent{"version",    "created_at", "updated_at",
                                                  "started_at", "closed_at",  "committed",
                                                  "report",     "id",         "ready"};

bool is_silent(std::string_view field) {
  return std::ranges::find(kSilent, field) != kSilent.end();
}

std::string find(const std::vector<std::pair<std::string, std::string>>& members,
                 std::string_view name) {
  const auto found = std::ranges::find(members, name, &std::pair<std::string, std::string>::first);
  return found == members.end() ? std::string() : found->second;
}

// What people call a field, where it is not its own name.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kLabels{
    {{"blocked_by", "waits for"},
     {"blocked_reason", "reason"},
     {"external_id", "external id"},
     {"parent", "part of"}}};

std::string label(std::string_view field) {
  const auto found = std::ranges::find(kLabels, field, [](const auto& row) { return row.first; });
  return std::string(found == kLabels.end() ? field : found->second);
}

std::string shown(std::string_view field, const std::string& json, const Names& names) {
  const std::string text = wire::value_text(json);
  if (text.empty()) return text;
  if (field == "due") {
    const auto at = time::parse_rfc3339(text);
    return at ? time::to_text(names.zone->day_of(*at)) : text;
  }
  if (field != "sprint") return text;
  const auto id = util::parse_integer(text);
  const auto name = id ? names.sprint(model::SprintId{*id}) : std::string();
  return name.empty() ? text : name;
}

// On the day of the change the clock is enough.
std::string lease_text(const std::optional<model::Lease>& lease, util::Instant at,
                       const Names& names) {
  if (!lease) return {};
  const auto day = names.zone->day_of(lease->until);
  const std::chrono::hh_mm_ss clock(time::time_of_day(lease->until, *names.zone));
  return fmt::format("{} until {}{:02}:{:02}", lease->holder,
                     day == names.zone->day_of(at) ? "" : time::to_text(day) + ' ',
                     clock.hours().count(), clock.minutes().count());
}

struct Step {
  std::string before;
  std::string now;
};

Step step_of(const Item& item, const std::string& field, util::Instant at, const Names& names) {
  if (field == "lease")
    return {lease_text(wire::lease_before(item), at, names),
            lease_text(wire::lease_of(item), at, names)};
  return {shown(field, find(item.was, field), names), shown(field, find(item.set, field), names)};
}

std::string field_change(const Item& item, const std::string& field, util::Instant at,
                         const Names& names) {
  if (field == "body") return "body edited";
  const auto [before, now] = step_of(item, field, at, names);
  // A lease is renewed by less than what is shown of its end.
  const std::string from = before.empty() || before == now ? "" : before + " → ";
  return label(field) + " " + from + (now.empty() ? "none" : now);
}

std::string updated(const Item& item, util::Instant at, const Names& names) {
  std::string text;
  for (const auto& [field, json] : item.set) {
    if (is_silent(field)) continue;
    if (!text.empty()) text += ", ";
    text += field_change(item, field, at, names);
  }
  return text.empty() ? "updated" : text;
}

// An undo brings back, or takes, what others said.
std::string comment(const Item& item, const std::string& actor) {
  const std::string told = find(item.set.empty() ? item.was : item.set, "comment");
  const auto text = wire::field_text(told, "text").value_or("");
  const auto author = wire::field_text(told, "author").value_or(actor);
  return (author == actor ? "comment: " : "comment of " + author + ": ") +
         text.substr(0, text.find('\n'));
}

std::string what_happened(const Item& item, const wire::Frame& frame, const Names& names) {
  switch (item.type) {
    case ChangeType::kTaskCreated:
    case ChangeType::kSprintCreated:
    case ChangeType::kProjectCreated:
      return "created";
    case ChangeType::kTaskDeleted:
    case ChangeType::kSprintDeleted:
    case ChangeType::kProjectDeleted:
      return "deleted";
    case ChangeType::kTaskCommented:
      return comment(item, frame.actor);
    case ChangeType::kTaskUncommented:
      return "took back " + comment(item, frame.actor);
    case ChangeType::kTaskReadiness:
      return find(item.set, "ready") == "true" ? "is ready now" : "has to wait";
    default:
      return updated(item, frame.at, names);
  }
}

/// The title the change itself tells, before or after, else the one that is known.
std::string title_of(const Item& item, model::TaskId id, const Names& names) {
  for (const auto* members : {&item.set, &item.was}) {
    if (const auto title = find(*members, "title"); !title.empty()) return wire::value_text(title);
  }
  return names.task(id);
}

std::string thing(const Item& item, const Names& names) {
  if (const auto* key = std::get_if<std::string>(&item.id)) return "project " + *key;
  const auto number = std::get<std::int64_t>(item.id);
  if (model::name(item.type).starts_with("sprint.")) {
    const auto name = names.sprint(model::SprintId{number});
    return "sprint " + (name.empty() ? std::to_string(number) : name);
  }
  const auto title = title_of(item, model::TaskId{number}, names);
  return std::to_string(number) + (title.empty() ? "" : " " + title);
}

}  // namespace

std::vector<ChangeLine> describe(const wire::Frame& frame, const Names& names) {
  std::vector<ChangeLine> lines;
  for (const auto& item : frame.changes) {
    if (item.type == ChangeType::kSprintProgress) continue;
    lines.push_back({frame.at, frame.actor, thing(item, names), what_happened(item, frame, names)});
  }
  return lines;
}

}  // namespace taskman::render
