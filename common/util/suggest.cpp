#include <algorithm>
#include <vector>

#include "common/util/text.hpp"

namespace taskman::util {
namespace {

/// Insertions, deletions, replacements and swaps of neighbours (the commonest slip of fingers).
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, replaced});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

/// In four letters two edits make another word, so one must do.
std::size_t tolerance(std::size_t length) {
  return length <= 4 ? 1 : std::max<std::size_t>(2, length / 3);
}

constexpr std::size_t kLongest = 64;  ///< nobody mistypes more than that
constexpr std::size_t kShortest = 3;  ///< of a beginning that stands for the word

}  // namespace

std::optional<std::string_view> suggest(std::string_view word,
                                        std::span<const std::string_view> known) {
  if (word.empty() || word.size() > kLongest) return std::nullopt;
  const std::string wanted = to_lower(word);
  std::optional<std::string_view> nearest;
  std::size_t best = tolerance(wanted.size()) + 1;
  for (const std::string_view candidate : known) {
    const std::size_t distance = edit_distance(wanted, to_lower(candidate));
    if (distance < best) {
      best = distance;
      nearest = candidate;
    }
  }
  if (nearest || wanted.size() < kShortest) return nearest;
  const auto begun = std::ranges::find_if(
      known, [&](std::string_view candidate) { return to_lower(candidate).starts_with(wanted); });
  return begun == known.end() ? nearest : std::optional(*begun);
}

}  // namespace taskman::util
