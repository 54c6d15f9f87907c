#include "daemon/domain/validation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "common/util/text.hpp"
#include "daemon/domain/rules.hpp"

namespace taskman::domain {
namespace {

using model::kMaxName;

bool is_one_of(char c, std::string_view more) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || (c >= '0' && c <= '9') || more.find(c) != more.npos;
}

void check_key(Rules& rules, std::string_view field, std::string_view key) {
  const bool plain = std::ranges::all_of(key, [](char c) { return is_one_of(c, "._-"); });
  if (!plain || key.empty() || !is_one_of(key.front(), "")) {
    return rules.add(field, fmt::format("'{}' is not made of letters, digits, '.', '_' and '-', "
                                        "beginning with a letter or digit",
                                        util::escape_for_terminal(key)));
  }
  rules.line(field, key, kMaxName);
}

void check_labels(Rules& rules, const std::vector<std::string>& labels) {
  if (labels.size() > model::kMaxLabels) {
    rules.add("labels",
              fmt::format("are {}, at most {} are allowed", labels.size(), model::kMaxLabels));
  }
  for (const auto& label : labels) rules.word("labels", label, kMaxName);
}

void check_blockers(Rules& rules, const std::vector<model::TaskId>& blockers) {
  if (blockers.size() <= model::kMaxBlockers) return;
  rules.add("blocked_by",
            fmt::format("are {}, at most {} are allowed", blockers.size(), model::kMaxBlockers));
}

/// The form of an IANA name; whether there is such a zone is for who has the database.
bool looks_like_zone(std::string_view name) {
  const bool plain = std::ranges::all_of(name, [](char c) { return is_one_of(c, "/_-+"); });
  const bool rooted = name.starts_with('/') || name.ends_with('/') || name.find("//") != name.npos;
  return plain && !rooted && !name.empty() && name.size() <= kMaxName;
}

void check_sprint_name(Rules& rules, const std::string& name) {
  static constexpr std::array<std::string_view, 5> kReserved{"current", "next", "prev", "none",
                                                             "all"};
  rules.line("name", name, kMaxName);
  const auto same = [&](std::string_view word) { return util::equals_ignoring_case(word, name); };
  if (std::ranges::any_of(kReserved, same)) {
    rules.add("name", fmt::format("'{}' has a meaning of its own", name));
  }
  const std::string_view digits = name.starts_with('#') ? std::string_view(name).substr(1) : name;
  if (util::parse_integer(digits)) {
    rules.add("name", fmt::format("'{}' is a number, which would be an id", name));
  }
}

void check_days(Rules& rules, const model::SprintFields& sprint) {
  if (sprint.start && !sprint.start->ok()) rules.add("start", "is not a day");
  if (sprint.end && !sprint.end->ok()) rules.add("end", "is not a day");
  if (sprint.start && sprint.end && *sprint.end < *sprint.start) {
    rules.add("end", "is before the start");
  }
}

}  // namespace

Problems problems_of(const model::TaskFields& task) {
  Rules rules;
  rules.line("title", task.title, model::kMaxTitle);
  rules.text("body", task.body, model::kMaxBody);
  if (task.project) check_key(rules, "project", *task.project);
  if (task.assignee) rules.word("assignee", *task.assignee, kMaxName);
  check_labels(rules, task.labels);
  rules.number("points", task.points, model::kMaxPoints);
  check_blockers(rules, task.blocked_by);
  if (task.blocked_reason) {
    rules.line("blocked_reason", *task.blocked_reason, model::kMaxTitle);
    if (task.status != model::Status::kBlocked) {
      rules.add("blocked_reason",
                fmt::format("is given, but the task is {}", model::name(task.status)));
    }
  }
  if (task.external_id) rules.line("external_id", *task.external_id, model::kMaxExternalId);
  return rules.take();
}

Problems problems_of(const model::SprintFields& sprint) {
  Rules rules;
  check_sprint_name(rules, sprint.name);
  if (sprint.project) check_key(rules, "project", *sprint.project);
  rules.text("goal", sprint.goal, model::kMaxBody);
  check_days(rules, sprint);
  if (!looks_like_zone(sprint.tz)) {
    rules.add("tz", fmt::format("'{}' is not a time zone, such as Europe/Berlin",
                                util::escape_for_terminal(sprint.tz)));
  }
  constexpr std::int64_t kMaxCapacity = 1'000'000;
  rules.number("capacity", sprint.capacity, kMaxCapacity);
  return rules.take();
}

Problems problems_of(const model::Project& project) {
  Rules rules;
  check_key(rules, "key", project.key);
  if (util::equals_ignoring_case(project.key, "none")) rules.add("key", "'none' means no project");
  rules.line("name", project.name, kMaxName);
  rules.text("description", project.description, model::kMaxBody);
  return rules.take();
}

Problems problems_of_comment(std::string_view text) {
  Rules rules;
  if (util::is_blank(text)) {
    rules.add("text", "is empty");
  } else {
    rules.text("text", text, model::kMaxBody);
  }
  return rules.take();
}

Problems problems_of_actor(std::string_view name) {
  Rules rules;
  rules.line("actor", name, kMaxName);
  if (name == model::kMe) rules.add("actor", "'@me' stands for a name and is none");
  return rules.take();
}

void refuse_if_any(const Problems& problems) {
  if (problems.empty()) return;
  const error::Field& first = problems.front();
  std::string hint;
  for (std::size_t i = 1; i < problems.size(); ++i) {
    hint += fmt::format("{}{} {}", i == 1 ? "also: " : "; ", problems[i].name, problems[i].message);
  }
  throw error::Error(error::Code::kInvalidValue, fmt::format("{} {}", first.name, first.message),
                     std::move(hint), problems);
}

void normalise(model::TaskFields& task) {
  const auto sort_unique = [](auto& values) {
    std::ranges::sort(values);
    values.erase(std::unique(values.begin(), values.end()), values.end());
  };
  sort_unique(task.labels);
  sort_unique(task.blocked_by);
  for (auto* field : {&task.project, &task.assignee, &task.blocked_reason, &task.external_id}) {
    if (*field && (*field)->empty()) field->reset();
  }
}

}  // namespace taskman::domain
