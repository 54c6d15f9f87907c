#include "cli/commands/synonyms.hpp"

#include <algorithm>
#include <array>

namespace taskman::cli {
namespace {

struct Synonym {
  std::string_view word;
  std::string_view meant;      ///< a verb; with a dash or a space in it: a phrase
  std::string_view noun = {};  ///< empty: behind any, where `meant` is a verb
};

// What a noun has of its own comes before what holds for all.
constexpr std::array kVerbs{
    Synonym{"close", "done", "task"}, Synonym{"unblock", "start or reopen", "task"},
    Synonym{"note", "comment"},       Synonym{"new", "add"},
    Synonym{"create", "add"},         Synonym{"ls", "list"},
    Synonym{"view", "show"},          Synonym{"get", "show"},
    Synonym{"info", "show"},          Synonym{"list", "show"},
    Synonym{"rm", "delete"},          Synonym{"remove", "delete"},
    Synonym{"remove", "unset"},       Synonym{"delete", "unset"},
    Synonym{"update", "edit"},        Synonym{"modify", "edit"},
    Synonym{"begin", "start"},        Synonym{"end", "close"},
    Synonym{"stop", "close"},         Synonym{"finish", "done"},
    Synonym{"finish", "close"},       Synonym{"complete", "done"},
    Synonym{"complete", "close"},     Synonym{"close", "done"},
    Synonym{"version", "--version"},  Synonym{"take", "claim"},
    Synonym{"unclaim", "release"},    Synonym{"lock", "claim"},
};

constexpr std::array kFlags{
    Synonym{"tag", "label"},
    Synonym{"tags", "label"},
    Synonym{"labels", "label"},
    Synonym{"owner", "assignee"},
    Synonym{"assign", "assignee"},
    Synonym{"user", "as"},
    Synonym{"description", "body"},
    Synonym{"message", "body"},
    Synonym{"deadline", "due"},
    Synonym{"estimate", "points"},
    Synonym{"depends-on", "blocked-by"},
    Synonym{"force", "yes"},
    Synonym{"output", "json"},
};

bool has(std::span<const std::string_view> known, std::string_view word) {
  return std::ranges::find(known, word) != known.end();
}

}  // namespace

std::optional<std::string_view> meant_verb(std::string_view noun, std::string_view word,
                                           std::span<const std::string_view> known) {
  for (const auto& row : kVerbs) {
    if (row.word != word || (!row.noun.empty() && row.noun != noun)) continue;
    const bool phrase = row.meant.find_first_of("- ") != row.meant.npos;
    if (has(known, row.meant) || (phrase && (noun.empty() || noun == row.noun))) return row.meant;
  }
  return std::nullopt;
}

std::optional<std::string_view> meant_flag(std::string_view name,
                                           std::span<const std::string_view> known) {
  for (const auto& row : kFlags) {
    if (row.word == name && has(known, row.meant)) return row.meant;
  }
  return std::nullopt;
}

}  // namespace taskman::cli
