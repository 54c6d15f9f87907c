// Candidates for the shell: few, cheap, the most likely ones.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <limits>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "common/wire/views.hpp"
#include "daemon/service/answers.hpp"
#include "daemon/service/filters.hpp"
#include "daemon/service/operations.hpp"

namespace taskman::service {
namespace {

using Candidates = std::vector<wire::Candidate>;
using Find = Candidates (*)(store::ReadTx& tx, const Base& base, std::string_view prefix);

constexpr std::int64_t kMostTasks = 100;

// 42 → 42, 420-429, 4200-4299, …: an id's prefix as ranges the store can seek.
std::vector<filter::Value> id_ranges(std::string_view prefix) {
  std::vector<filter::Value> ranges;
  const auto number = util::parse_integer(prefix);
  constexpr auto kLimit = std::numeric_limits<std::int64_t>::max() / 100;
  if (!number || *number <= 0 || *number > kLimit) return ranges;
  for (std::int64_t low = *number, width = 1; low < kLimit; low *= 10, width *= 10) {
    ranges.emplace_back(filter::IntRange{low, low + width - 1});
  }
  return ranges;
}

Candidates tasks(store::ReadTx& tx, const Base& base, std::string_view prefix) {
  if (prefix.starts_with('#')) prefix.remove_prefix(1);
  store::TaskQuery query{.context = filter_context(base, {}), .limit = kMostTasks};
  if (prefix.empty()) {
    query.filter = filter::parse("is:open", query.context);
    query.sort = {{.key = store::SortKey::kUpdated, .direction = store::Direction::kDescending}};
  } else {
    auto ranges = id_ranges(prefix);
    if (ranges.empty()) return {};
    query.filter = {.kind = filter::Expr::Kind::kTerm,
                    .children = {},
                    .term = {.field = filter::Field::kId, .any_of = std::move(ranges)}};
    query.sort = {{.key = store::SortKey::kId}};
  }
  Candidates found;
  for (const auto& task : tx.list_tasks(query).items)
    found.push_back({std::to_string(task.id.value), task.title});
  return found;
}

Candidates sprints(store::ReadTx& tx, const Base&, std::string_view) {
  Candidates found{
      {"current", "the active sprint"}, {"next", "planned next"}, {"prev", "closed last"}};
  for (const auto& sprint : tx.sprints()) {
    found.push_back({sprint.name, fmt::format("{}{}{}", model::name(sprint.state),
                                              sprint.goal.empty() ? "" : ": ", sprint.goal)});
  }
  return found;
}

Candidates projects(store::ReadTx& tx, const Base&, std::string_view) {
  Candidates found;
  for (const auto& project : tx.projects()) found.push_back({project.key, project.name});
  return found;
}

Candidates counted(const std::vector<std::pair<std::string, std::int64_t>>& names) {
  Candidates found;
  for (const auto& [name, count] : names) {
    found.push_back({name, fmt::format("{} task{}", count, count == 1 ? "" : "s")});
  }
  return found;
}

Candidates labels(store::ReadTx& tx, const Base&, std::string_view) { return counted(tx.labels()); }
Candidates assignees(store::ReadTx& tx, const Base&, std::string_view) {
  return counted(tx.assignees());
}

Candidates hooks(store::ReadTx& tx, const Base&, std::string_view) {
  Candidates found;
  for (const auto& hook : tx.hooks()) {
    found.push_back(
        {std::to_string(hook.id.value),
         fmt::format("{}: {} {}", hook.on, hook.kind == model::HookKind::kRun ? "run" : "post",
                     hook.target)});
  }
  return found;
}

Candidates words(std::span<const model::Word> vocabulary) {
  Candidates found;
  for (const auto& word : vocabulary)
    found.push_back({std::string(word.name), std::string(word.meaning)});
  return found;
}

Candidates statuses(store::ReadTx&, const Base&, std::string_view) {
  return words(model::status_words());
}
Candidates priorities(store::ReadTx&, const Base&, std::string_view) {
  return words(model::priority_words());
}

Candidates sort_words(store::ReadTx&, const Base&, std::string_view) {
  Candidates found;
  for (const auto key : sort_keys()) found.push_back({std::string(key), ""});
  return found;
}

struct KindRow {
  std::string_view name;
  Find find;
};
constexpr std::array kKinds{
    KindRow{"tasks", tasks},           KindRow{"sprints", sprints},
    KindRow{"projects", projects},     KindRow{"labels", labels},
    KindRow{"assignees", assignees},   KindRow{"statuses", statuses},
    KindRow{"priorities", priorities}, KindRow{"sort_keys", sort_words},
    KindRow{"hooks", hooks},
};

const KindRow& kind_of(const std::string& name) {
  const auto found = std::ranges::find(kKinds, name, &KindRow::name);
  if (found != kKinds.end()) return *found;
  std::vector<std::string> names;
  for (const auto& row : kKinds) names.emplace_back(row.name);
  throw error::Error(error::Code::kInvalidValue, fmt::format("unknown kind '{}'", name),
                     "kinds: " + util::join(names, ", "), {{"kind", "unknown"}});
}

bool starts_with(std::string_view text, std::string_view prefix) {
  return util::equals_ignoring_case(text.substr(0, prefix.size()), prefix);
}

}  // namespace

Reading Operations::complete(const CompletionRequest& request) const {
  const KindRow& kind = kind_of(request.kind);
  Reading answer;
  base_.store.read([&](store::ReadTx& tx) {
    std::vector<std::string> items;
    for (const auto& candidate : kind.find(tx, base_, request.prefix)) {
      const bool is_task = kind.find == tasks;
      if (is_task || starts_with(candidate.value, request.prefix))
        items.push_back(wire::encode(candidate));
    }
    answer = reading(list_answer("completion.list", items), tx.log_range().head);
  });
  return answer;
}

}  // namespace taskman::service
