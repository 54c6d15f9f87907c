#include "common/model/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>

namespace taskman::model {
namespace {

using Names = std::string_view;

constexpr std::array<Names, 2> kTodoAliases{"new", "pending"};
constexpr std::array<Names, 5> kInProgressAliases{"in-progress", "progress", "started", "doing",
                                                  "wip"};
constexpr std::array<Names, 2> kBlockedAliases{"waiting", "on-hold"};
constexpr std::array<Names, 2> kReviewAliases{"in_review", "in-review"};
constexpr std::array<Names, 4> kDoneAliases{"completed", "complete", "finished", "resolved"};
constexpr std::array<Names, 4> kDroppedAliases{"cancelled", "canceled", "wontfix", "drop"};
constexpr std::array kStatuses{
    Word{"todo", "not started", kTodoAliases},
    Word{"in_progress", "being worked on", kInProgressAliases},
    Word{"blocked", "held up, with a reason", kBlockedAliases},
    Word{"review", "waiting for review", kReviewAliases},
    Word{"done", "finished", kDoneAliases},
    Word{"dropped", "will not be done", kDroppedAliases},
};

constexpr std::array<Names, 3> kP0Aliases{"0", "critical", "urgent"};
constexpr std::array<Names, 3> kP1Aliases{"1", "high", "h"};
constexpr std::array<Names, 4> kP2Aliases{"2", "medium", "normal", "m"};
constexpr std::array<Names, 3> kP3Aliases{"3", "low", "l"};
constexpr std::array kPriorities{
    Word{"p0", "drop everything", kP0Aliases},
    Word{"p1", "high", kP1Aliases},
    Word{"p2", "normal, the default", kP2Aliases},
    Word{"p3", "low", kP3Aliases},
};

constexpr std::array<Names, 1> kCancelledAliases{"canceled"};
constexpr std::array kSprintStates{
    Word{"planned", "not started", {}},
    Word{"active", "running", {}},
    Word{"closed", "ended, its report frozen", {}},
    Word{"cancelled", "given up", kCancelledAliases},
};

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(
      a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

template <typename Enum>
std::optional<Enum> find(std::span<const Word> words, std::string_view wanted) {
  const auto matches = [&](const Word& word) {
    return same_word(word.name, wanted) ||
           std::ranges::any_of(word.aliases, [&](auto alias) { return same_word(alias, wanted); });
  };
  const auto found = std::ranges::find_if(words, matches);
  if (found == words.end()) return std::nullopt;
  return static_cast<Enum>(found - words.begin());
}

template <typename Enum>
std::string_view name_in(std::span<const Word> words, Enum value) {
  return words[static_cast<std::size_t>(value)].name;
}

}  // namespace

std::span<const Word> status_words() { return kStatuses; }
std::span<const Word> priority_words() { return kPriorities; }
std::span<const Word> sprint_state_words() { return kSprintStates; }

std::vector<std::string_view> spellings(std::span<const Word> words) {
  std::vector<std::string_view> all;
  for (const Word& word : words) all.push_back(word.name);
  for (const Word& word : words) all.insert(all.end(), word.aliases.begin(), word.aliases.end());
  return all;
}

std::string_view name(Status status) { return name_in(kStatuses, status); }
std::string_view name(Priority priority) { return name_in(kPriorities, priority); }
std::string_view name(SprintState state) { return name_in(kSprintStates, state); }

std::optional<Status> find_status(std::string_view word) { return find<Status>(kStatuses, word); }
std::optional<Priority> find_priority(std::string_view word) {
  return find<Priority>(kPriorities, word);
}
std::optional<SprintState> find_sprint_state(std::string_view word) {
  return find<SprintState>(kSprintStates, word);
}

}  // namespace taskman::model
