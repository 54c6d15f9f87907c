#include "daemon/service/filters.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "common/error/error.hpp"
#include "common/util/text.hpp"
#include "daemon/service/references.hpp"
#include "daemon/service/sprint_words.hpp"

namespace taskman::service {
namespace {

using error::Code;
using error::Error;
using filter::Expr;
using store::SortKey;

struct SortWord {
  std::string_view name;
  SortKey key;
};
constexpr std::array kSortWords{
    SortWord{"id", SortKey::kId},           SortWord{"priority", SortKey::kPriority},
    SortWord{"due", SortKey::kDue},         SortWord{"created", SortKey::kCreated},
    SortWord{"updated", SortKey::kUpdated}, SortWord{"status", SortKey::kStatus},
    SortWord{"points", SortKey::kPoints},   SortWord{"title", SortKey::kTitle},
};

template <typename Use>
void for_each_term(const Expr& expr, const Use& use) {
  if (expr.kind == Expr::Kind::kTerm) use(expr.term);
  for (const Expr& child : expr.children) for_each_term(child, use);
}

void check_projects(store::ReadTx& tx, const Expr& expr) {
  for_each_term(expr, [&](const filter::Term& term) {
    if (term.field != filter::Field::kProject) return;
    for (const auto& value : term.any_of) {
      if (const auto* key = std::get_if<std::string>(&value)) check_project(tx, *key);
    }
  });
}

std::vector<model::SprintId> sprints_of_word(store::ReadTx& tx, const FilterText& filter,
                                             const std::string& word,
                                             std::vector<std::string>& notices) {
  if (filter.sprints_of && !util::parse_integer(word)) check_project(tx, *filter.sprints_of);
  auto ids = sprints_named(
      tx, {.word = word, .project = filter.sprints_of, .missing = Code::kInvalidValue});
  const auto absence = absence_of(word, filter.sprints_of);
  if (ids.empty() && absence) notices.push_back(*absence);
  return ids;
}

store::Sort parse_key(std::string_view word, std::string_view field) {
  const bool descends = word.starts_with('-');
  const std::string_view name = descends ? word.substr(1) : word;
  const auto found = std::ranges::find(kSortWords, name, &SortWord::name);
  if (found == kSortWords.end()) {
    const auto known = sort_keys();
    const std::vector<std::string> listed(known.begin(), known.end());
    const auto near = util::suggest(name, known);
    const std::string all = "sort keys: " + util::join(listed, ", ");
    throw Error(Code::kInvalidValue, fmt::format("unknown sort key '{}'", name),
                near ? fmt::format("did you mean {}? {}", *near, all) : all,
                {{std::string(field), "unknown key"}});
  }
  return {found->key, descends ? store::Direction::kDescending : store::Direction::kAscending};
}

}  // namespace

filter::Context filter_context(const Base& base, const Caller& caller) {
  return {.now = base.clock.now(), .zone = &base.zone, .actor = caller.actor};
}

ParsedFilter parse_filter(store::ReadTx& tx, const FilterText& filter,
                          const filter::Context& context) {
  ParsedFilter parsed{.expr = filter::parse(filter.text, context), .notices = {}};
  filter::resolve_sprints(parsed.expr, [&](const std::string& word) {
    return sprints_of_word(tx, filter, word, parsed.notices);
  });
  check_projects(tx, parsed.expr);
  return parsed;
}

std::vector<std::string_view> sort_keys() {
  std::vector<std::string_view> keys;
  for (const auto& row : kSortWords) keys.push_back(row.name);
  return keys;
}

std::vector<store::Sort> parse_sort(std::string_view text, std::string_view field) {
  std::vector<store::Sort> keys;
  while (!text.empty()) {
    const auto comma = text.find(',');
    keys.push_back(parse_key(util::trim(text.substr(0, comma)), field));
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
  }
  return keys;
}

}  // namespace taskman::service
