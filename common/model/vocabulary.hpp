#pragma once
// The one vocabulary of statuses and priorities: API, CLI, completions and docs are made from it.
// Aliases are accepted on input only. Constant, thread-safe.

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace taskman::model {

enum class Status { kTodo, kInProgress, kBlocked, kReview, kDone, kDropped };
enum class Priority { kP0, kP1, kP2, kP3 };
enum class SprintState { kPlanned, kActive, kClosed, kCancelled };

/// One word of the vocabulary: the canonical name, what it means, and accepted other spellings.
struct Word {
  std::string_view name;
  std::string_view meaning;
  std::span<const std::string_view> aliases;
};

/// In the order of the enumerators.
std::span<const Word> status_words();
std::span<const Word> priority_words();
std::span<const Word> sprint_state_words();

std::string_view name(Status status);
std::string_view name(Priority priority);
std::string_view name(SprintState state);

/// Case-insensitive, aliases included; none for an unknown word.
std::optional<Status> find_status(std::string_view word);
std::optional<Priority> find_priority(std::string_view word);
std::optional<SprintState> find_sprint_state(std::string_view word);

/// Whatever is accepted: all names, then all aliases. For suggestions.
std::vector<std::string_view> spellings(std::span<const Word> words);

/// Open: todo, in_progress, blocked, review.
constexpr bool is_open(Status status) {
  return status != Status::kDone && status != Status::kDropped;
}

inline constexpr int kStatusCount = 6;

}  // namespace taskman::model
